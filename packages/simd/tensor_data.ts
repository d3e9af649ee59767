import type { backend_util, DataType, TensorInfo } from "@tensorflow/tfjs-core";
import type { WasmMemory } from "./memory/wasm_memory.ts";

/**
 * The values of a tensor: on the host until a kernel of this backend needs them (a program's own
 * array is not copied before that), in WebAssembly memory from then on.
 */
export class SimdTensorData {
  readonly dtype: DataType;
  refCount: number;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  readonly #memory: WasmMemory;
  #host: backend_util.BackendValues | undefined;
  #view: Float32Array | undefined;
  #address = 0;
  #length = 0;

  /** Values on the host; `undefined` for the shell of a complex tensor. */
  constructor(
    memory: WasmMemory,
    values: backend_util.BackendValues | undefined,
    dtype: DataType,
    refCount: number,
  ) {
    this.#memory = memory;
    this.#host = values;
    this.dtype = dtype;
    this.refCount = refCount;
  }

  /** Float32 values at a held address, which this object now owns. */
  static at(memory: WasmMemory, address: number, length: number): SimdTensorData {
    const data = new SimdTensorData(memory, undefined, "float32", 1);
    data.#address = address;
    data.#length = length;
    return data;
  }

  /** What the kernels of the CPU backend read. */
  get values(): backend_util.BackendValues | undefined {
    if (this.#address === 0) return this.#host;
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

  /** Whether the values are in WebAssembly memory. */
  get inMemory(): boolean {
    return this.#address !== 0;
  }

  /** The address of the values, moved into memory if need be; undefined if they are not float32. */
  float32Address(): number | undefined {
    if (this.#address !== 0) return this.#address;
    if (!(this.#host instanceof Float32Array)) return undefined;
    const { address, length } = this.#memory.place(this.#host);
    this.#address = address;
    this.#length = length;
    this.#host = undefined;
    return address;
  }

  /** Gives the memory back. */
  free(): void {
    if (this.#address === 0) return;
    this.#memory.free(this.#address);
    this.#address = 0;
    this.#view = undefined;
  }
}
