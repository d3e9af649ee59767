import type { Waiting } from "./pool/thread_pool.ts";

/** Configuration of a runtime, without features that the engine lacks. */
export interface RuntimeOptions {
  readonly threads: number;
  readonly shared: boolean;
  readonly relaxed: boolean;
  readonly maximumPages?: number;
  readonly waiting?: Partial<Waiting>;
  /** Work of a job from which other threads are woken; by default, what takes longer than that. */
  readonly worthWaking?: number;
}

/** Options of a job. */
export interface JobOptions {
  /** Done by the caller before it takes blocks, while workers already do. */
  readonly before?: () => void;
  /**
   * Work of the job, in multiply-adds or what takes as long; the caller does little work alone. Enough
   * for other threads by default.
   */
  readonly multiplyAdds?: number;
}
