import type { HostMatrix } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";

/** Data that `MixtapePlusPlus` is opened on. */
export interface PlusPlusAttributes {
  /** The data, shape [n, d], finite. */
  readonly x: HostMatrix;
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** Potential of each candidate for the next centroid. */
export interface PlusPlusCandidates {
  /**
   * For each candidate, the sum over rows of the squared distance to the nearest centroid if it
   * were taken.
   */
  readonly potentials: Float64Array;
}

/** The choice of start centroids by k-means++ on fixed data. */
export interface PlusPlusSession extends Disposable {
  /**
   * Tries rows as the next centroid.
   *
   * @param rows Indices of the candidates.
   * @param closest Squared distance of each row to its nearest centroid so far; not changed.
   */
  readonly candidates: (
    rows: Uint32Array,
    closest: Float64Array,
  ) => MaybePromise<PlusPlusCandidates>;
  /**
   * Accepts a row as the next centroid.
   *
   * @param row Index of the row.
   * @param closest Squared distance of each row to its nearest centroid; lowered in place for rows
   * that are nearer to the new one.
   */
  readonly accept: (row: number, closest: Float64Array) => MaybePromise<void>;
}
