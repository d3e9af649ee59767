import type { WasmMemory } from "../../memory/wasm_memory.ts";

/** Regions of memory that are freed together. */
export class Regions {
  readonly #memory: WasmMemory;
  readonly #addresses: number[] = [];

  /** Starts without regions. */
  constructor(memory: WasmMemory) {
    this.#memory = memory;
  }

  /** Allocates a region of at least `bytes` bytes, with undefined contents. */
  allocate(bytes: number): number {
    const address = this.#memory.allocate(Math.max(bytes, 1));
    this.#addresses.push(address);
    return address;
  }

  /** Allocates a region of zeros. */
  zeros(bytes: number): number {
    const address = this.allocate(bytes);
    this.#memory.uint8(address, bytes).fill(0);
    return address;
  }

  /** Allocates a region with a copy of `values`. */
  place(values: Float32Array | Int32Array | Uint32Array | Uint8Array): number {
    const { address } = this.#memory.place(values);
    this.#addresses.push(address);
    return address;
  }

  /** Frees all regions. */
  [Symbol.dispose](): void {
    for (const address of this.#addresses.splice(0)) this.#memory.free(address);
  }
}
