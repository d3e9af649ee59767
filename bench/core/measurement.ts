/** Arguments of a work, all of them JSON. */
export type WorkArguments = Readonly<Record<string, unknown>>;

/** The outcome of a run: its time, and numbers that show the quality of the result. */
export interface Measurement {
  /** Time of the work in seconds, measured in the peer's process, around nothing but the work. */
  readonly seconds: number;
  /** Number of iterations. */
  readonly iterations?: number;
  /** Final centroids, k×d in row-major order. */
  readonly centroids?: readonly number[];
  /** Mean log-likelihood of the rows at the last iteration, in nats per row. */
  readonly meanLogLikelihood?: number;
  /** Mean loss of the last epoch. */
  readonly loss?: number;
  /** Share of the test rows that are classified correctly. */
  readonly accuracy?: number;
  /** Peak resident memory of the process, in bytes. */
  readonly peakBytes?: number;
  /** Other numbers that a work reports, by name. */
  readonly details?: Readonly<Record<string, number>>;
}
