import type { HostMatrix } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";

/** Data that `MixtapeBatchMeans` is opened on. */
export interface BatchMeansAttributes {
  /** The data, shape [n, d], finite. */
  readonly x: HostMatrix;
  /** Weight of each row, not negative; all 1 by default. */
  readonly sampleWeight?: Float64Array;
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** Told after a step: that it was the last, or whether centroids or what they have seen were changed since. */
export type AfterStep = "end" | "changed" | "unchanged";

/** Batches of rows to make steps with, all of the same size. */
export interface Batches {
  /** Number of rows of a batch, 1 or more. */
  readonly size: number;
  /**
   * Returns indices of the rows of the next batch, of which one that comes several times counts as often, or
   * undefined after the last. Batches may be drawn before steps with former ones, and more than steps are made.
   */
  readonly draw: () => Uint32Array | undefined;
  /**
   * Called after each step, in the order of the batches; it may move centroids, and change what they have seen,
   * before the next.
   *
   * @param rows The rows of the batch.
   * @param inertia Weighted sum of the squared distances of these to the centroids that the step began with, in
   * float64: the same bits for the same rows in other data.
   */
  readonly after: (rows: Uint32Array, inertia: number) => AfterStep;
}

/** Centroids as means of the rows that they have seen, batch by batch, on fixed data. */
export interface BatchMeansSession extends Disposable {
  /**
   * Makes steps. Each assigns the rows of a batch to their nearest centroids, as float64 arithmetic would; ties go
   * to the lowest index. Then it moves each centroid to the weighted mean of all rows that it has seen. If a step
   * fails, centroids and weights stay as they were before it.
   *
   * @param centroids k × d numbers, row by row; changed in place.
   * @param seen Sum of the weights of the rows that each centroid has seen, k; changed in place.
   * @param batches The rows of each step, and when to end.
   */
  readonly steps: (
    centroids: Float64Array,
    seen: Float64Array,
    batches: Batches,
  ) => MaybePromise<void>;
}
