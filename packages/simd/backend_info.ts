/** Something that a step down took away, and why. */
export interface StepDown {
  /** What is not used. */
  readonly lost: "threads" | "relaxed SIMD" | "WebAssembly";
  /** Why, and what would bring it back. */
  readonly reason: string;
}

/** How the `simd` backend is set up. */
export interface SimdBackendInfo {
  /** What runs the kernels; `cpu` is TensorFlow.js's own backend under the name `simd`. */
  readonly engine: "wasm" | "cpu";
  /** Threads that take part in a job, the caller's included. */
  readonly threads: number;
  /** Whether workers see the same memory; never with one thread. */
  readonly sharedMemory: boolean;
  /** Whether products are added with one rounding (fused multiply-add). */
  readonly relaxedSimd: boolean;
  /** Bytes that memory may grow to. */
  readonly maximumBytes: number;
  /** What this engine or the options took away; empty at full strength. */
  readonly stepsDown: readonly StepDown[];
}

/** What may be asked of the backend; every default is the strongest that the engine has. */
export interface SimdBackendOptions {
  /** Threads, the caller's included, 1 to 64. Default: the processors there are, at most 8. */
  readonly threads?: number;
  /** False: no fused multiply-add, so that results are the same on every machine. */
  readonly relaxed?: boolean;
  /** False: memory that is not shared, hence one thread. */
  readonly shared?: boolean;
  /** False: TensorFlow.js's own kernels. */
  readonly webAssembly?: boolean;
  /** Memory may grow to this many bytes, a multiple of 64 KiB. Default and maximum: 4 GiB. */
  readonly maximumBytes?: number;
}
