import * as tf from "@tensorflow/tfjs-core";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import type { SimdRuntime } from "./runtime.ts";
import { SimdTensorData } from "./tensor_data.ts";

/**
 * The CPU backend, with tensors in WebAssembly memory where a SIMD kernel reads or writes them.
 * Operations without a SIMD kernel run the CPU backend's kernel on the same data.
 */
export class SimdBackend extends MathBackendCPU {
  #runtime: SimdRuntime;

  /** Makes a backend that owns `runtime`. */
  constructor(runtime: SimdRuntime) {
    super();
    this.#runtime = runtime;
  }

  /** Memory, threads and kernel modules; fresh ones after the loss of a worker. */
  get runtime(): SimdRuntime {
    if (this.#runtime.over) this.#runtime = this.#runtime.successor();
    return this.#runtime;
  }

  /** Stores values; a view of WebAssembly memory belongs to another tensor and is copied. */
  override write(
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
  ): object {
    const dataId = {};
    this.data.set(dataId, new SimdTensorData(this.#owned(values), dtype, 1));
    return dataId;
  }

  /** Takes over a tensor of another backend. */
  override move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    this.data.set(dataId, new SimdTensorData(this.#owned(values), dtype, refCount));
  }

  /** Returns the values of a tensor, as an array that outlives it. */
  override readSync(dataId: object): tf.backend_util.BackendValues {
    const values = super.readSync(dataId);
    return this.#owned(values);
  }

  /** Releases a tensor's memory together with its last reference. */
  override disposeData(dataId: object, force = false): boolean {
    const data = this.data.has(dataId) ? this.data.get(dataId) : undefined;
    const released = super.disposeData(dataId, force);
    if (released && data instanceof SimdTensorData) data.free();
    return released;
  }

  /**
   * Reason for which no worker takes part although several threads were asked for; undefined while
   * workers do.
   */
  get threadsLost(): string | undefined {
    return this.#runtime.threadsLost;
  }

  /** Reports the number of bytes held, for `tf.memory()`. */
  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] };
  }

  /** Ends the workers. */
  override dispose(): void {
    this.#runtime.stop();
  }

  /**
   * Returns the address of a float32 tensor's values, or undefined if its values are of another
   * type.
   */
  float32Address({ dataId }: tf.TensorInfo): number | undefined {
    return (this.data.get(dataId) as SimdTensorData).float32Address(this.runtime.memory);
  }

  /**
   * Makes a float32 tensor that `fill` writes at the address it is given. If `fill` throws, the
   * memory is released.
   */
  output(shape: number[], fill: (address: number) => void): tf.TensorInfo {
    const { memory } = this.runtime;
    const size = tf.util.sizeFromShape(shape);
    const address = memory.allocate(size * Float32Array.BYTES_PER_ELEMENT);
    try {
      fill(address);
    } catch (error) {
      memory.free(address);
      throw error;
    }
    const dataId = {};
    this.data.set(dataId, SimdTensorData.at(memory, address, size));
    return { dataId, shape, dtype: "float32" };
  }

  /** Returns `values`, or a copy if they are a view of WebAssembly memory. */
  #owned(values: tf.backend_util.BackendValues): tf.backend_util.BackendValues {
    if (!ArrayBuffer.isView(values)) return values;
    return this.#runtime.memory.owns(values.buffer) ? values.slice() : values;
  }
}
