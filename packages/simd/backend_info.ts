/** A feature that the backend does without, and the reason. */
export interface StepDown {
  /** The feature that is not used. */
  readonly lost: "threads" | "relaxed SIMD" | "WebAssembly";
  /** The reason, and the remedy. */
  readonly reason: string;
}

/** Configuration of the `simd` backend. */
export interface SimdBackendInfo {
  /** Engine that runs the kernels; `cpu` is TensorFlow.js's own backend under the name `simd`. */
  readonly engine: "wasm" | "cpu";
  /** Number of threads that take part in a job, including the calling thread. */
  readonly threads: number;
  /** True if workers share the memory; never with one thread. */
  readonly sharedMemory: boolean;
  /** True if products are added with a single rounding (fused multiply-add). */
  readonly relaxedSimd: boolean;
  /** Number of bytes that memory may grow to. */
  readonly maximumBytes: number;
  /** Features that this engine or the options rule out; empty at full strength. */
  readonly stepsDown: readonly StepDown[];
}

/**
 * Options of {@linkcode registerSimdBackend}; by default, everything that the engine has is used.
 */
export interface SimdBackendOptions {
  /**
   * Number of threads, including the calling thread, from 1 to 64. By default, the number of
   * processors, at most 8.
   */
  readonly threads?: number;
  /** False to do without fused multiply-add, so that results are the same on every machine. */
  readonly relaxed?: boolean;
  /** False to use memory that is not shared, which implies one thread. */
  readonly shared?: boolean;
  /** False to use TensorFlow.js's own kernels. */
  readonly webAssembly?: boolean;
  /** Number of bytes that memory may grow to, a multiple of 64 KiB. Default and maximum: 4 GiB. */
  readonly maximumBytes?: number;
}
