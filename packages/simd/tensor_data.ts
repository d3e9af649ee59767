import type { backend_util, DataType, TensorInfo } from "@tensorflow/tfjs-core";
import type { WasmMemory } from "./memory/wasm_memory.ts";

/**
 * Values of a tensor: on the host until a kernel of this backend needs them (until then, a
 * program's own array is not copied), then in WebAssembly memory, unless that is retired.
 */
export class SimdTensorData {
  readonly dtype: DataType;
  refCount: number;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  #host: backend_util.BackendValues | undefined;
  #memory: WasmMemory | undefined;
  #view: Float32Array | undefined;
  #address = 0;
  #length = 0;

  /** Stores values on the host; `undefined` for the shell of a complex tensor. */
  constructor(values: backend_util.BackendValues | undefined, dtype: DataType, refCount: number) {
    this.#host = values;
    this.dtype = dtype;
    this.refCount = refCount;
  }

  /** Wraps float32 values at a held address, which the new object then owns. */
  static at(memory: WasmMemory, address: number, length: number): SimdTensorData {
    const data = new SimdTensorData(undefined, "float32", 1);
    data.#memory = memory;
    data.#address = address;
    data.#length = length;
    return data;
  }

  /** Values as the kernels of the CPU backend read them. */
  get values(): backend_util.BackendValues | undefined {
    this.#leaveRetired();
    if (!this.#memory) return this.#host;
    // A view of an unshared memory has no length any more once the memory has grown.
    if (this.#view?.length !== this.#length) {
      this.#view = this.#memory.float32(this.#address, this.#length);
    }
    return this.#view;
  }

  /** Replaces the values by others on the host. */
  set values(values: backend_util.BackendValues | undefined) {
    this.free();
    this.#host = values;
  }

  /**
   * Returns the address of the values, moved into `memory` if necessary; undefined if they are not
   * float32.
   */
  float32Address(memory: WasmMemory): number | undefined {
    this.#leaveRetired();
    if (this.#memory) return this.#address;
    if (!(this.#host instanceof Float32Array)) return undefined;
    const { address, length } = memory.place(this.#host);
    this.#memory = memory;
    this.#address = address;
    this.#length = length;
    this.#host = undefined;
    return address;
  }

  /** Frees the memory. */
  free(): void {
    this.#memory?.free(this.#address);
    this.#memory = undefined;
    this.#view = undefined;
  }

  /**
   * Leaves a retired memory: it keeps values that were finished before the loss of a worker, but no
   * new work uses it.
   */
  #leaveRetired(): void {
    if (!this.#memory?.retired) return;
    const values = this.#memory.salvage(this.#address, this.#length);
    this.free();
    this.#host = values;
  }
}
