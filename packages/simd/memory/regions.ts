import type { Work } from "../turns.ts";
import type { WasmMemory } from "./wasm_memory.ts";

/** Returns the result of `build`, which allocates regions; they are freed if it fails. */
export function buildInRegions<T>(memory: WasmMemory, build: (regions: Regions) => T): T {
  const regions = new Regions(memory);
  try {
    return build(regions);
  } catch (error) {
    regions[Symbol.dispose]();
    throw error;
  }
}

/** Does as {@linkcode buildInRegions} does, with work that the event loop can interrupt or end. */
export function* workInRegions<T>(
  memory: WasmMemory,
  build: (regions: Regions) => Work<T>,
): Work<T> {
  const regions = new Regions(memory);
  let isBuilt = false;
  try {
    const result = yield* build(regions);
    isBuilt = true;
    return result;
  } finally {
    if (!isBuilt) regions[Symbol.dispose]();
  }
}

/** Does work with regions that are freed at its end. */
export function* workWithRegions<T>(
  memory: WasmMemory,
  work: (regions: Regions) => Work<T>,
): Work<T> {
  // Not `using`: Node 20 and browsers run this source as it is.
  const regions = new Regions(memory);
  try {
    return yield* work(regions);
  } finally {
    regions[Symbol.dispose]();
  }
}

/** Regions of WebAssembly memory that are freed together. */
export class Regions implements Disposable {
  /** The memory that the regions are in. */
  readonly memory: WasmMemory;
  readonly #addresses = new Set<number>();

  /** Starts without regions. */
  constructor(memory: WasmMemory) {
    this.memory = memory;
  }

  /** Allocates a region of at least `bytes` bytes, with undefined contents. */
  allocate(bytes: number): number {
    const address = this.memory.allocate(Math.max(bytes, 1));
    this.#addresses.add(address);
    return address;
  }

  /** Allocates a region of zeros. */
  zeros(bytes: number): number {
    const address = this.allocate(bytes);
    this.memory.uint8(address, bytes).fill(0);
    return address;
  }

  /** Allocates a region with a copy of `values`. */
  place(values: Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array): number {
    const { address } = this.memory.place(values);
    this.#addresses.add(address);
    return address;
  }

  /** Frees what a region has beyond `bytes`. */
  shrink(address: number, bytes: number): void {
    this.memory.shrink(address, bytes);
  }

  /** Frees one region. */
  free(address: number): void {
    this.#addresses.delete(address);
    this.memory.free(address);
  }

  /** Frees all regions. */
  [Symbol.dispose](): void {
    for (const address of this.#addresses) this.memory.free(address);
    this.#addresses.clear();
  }
}
