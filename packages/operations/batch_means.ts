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

/** Centroids as means of the rows that they have seen, batch by batch, on fixed data. */
export interface BatchMeansSession extends Disposable {
  /**
   * Assigns the rows of a batch to their nearest centroids, as float64 arithmetic would; ties go to
   * the lowest index. Then moves each centroid to the weighted mean of all rows that it has seen. If
   * a step fails, centroids and weights stay as they are.
   *
   * @param rows Indices of the rows; one that comes several times counts as often.
   * @param centroids k × d numbers, row by row; changed in place.
   * @param seen Sum of the weights of the rows that each centroid has seen, k; changed in place.
   * @returns Weighted sum of the squared distances of the rows to the centroids that the step began
   * with, in float64: the same bits for the same rows in other data.
   */
  readonly step: (
    rows: Uint32Array,
    centroids: Float64Array,
    seen: Float64Array,
  ) => MaybePromise<number>;
}
