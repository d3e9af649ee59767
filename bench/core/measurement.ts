/** What is asked of a peer: the name of a work and its arguments, all of them JSON. */
export type WorkArguments = Readonly<Record<string, unknown>>;

/** What one run came to: its time, and what tells whether the work was done as well. */
export interface Measurement {
  /** Seconds that the work took, measured where it ran, around nothing but the work. */
  readonly seconds: number;
  /** Iterations until it stopped. */
  readonly iterations?: number;
  /** Final centroids, row by row. */
  readonly centroids?: readonly number[];
  /** Mean log-likelihood of a row at the last iteration. */
  readonly meanLogLikelihood?: number;
  /** Mean loss of the last epoch. */
  readonly loss?: number;
  /** Share of test rows that are classified rightly. */
  readonly accuracy?: number;
  /** The largest amount of memory the process held, in bytes. */
  readonly peakBytes?: number;
  /** Anything else that a work wants to say, by name. */
  readonly details?: Readonly<Record<string, number>>;
}
