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

/** All that decides which rows greedy k-means++ chooses from given data. */
export interface PlusPlusDraws {
  /** Number of rows to choose. */
  readonly clusters: number;
  /** Number of candidates for each row but the first. */
  readonly trials: number;
  /**
   * Numbers from 0 to 1, 1 + (clusters − 1) · trials of them: the share of the sum of squared distances
   * (of the number of rows where that is 0, as for the first row) at which each candidate lies.
   */
  readonly uniforms: Float64Array;
}

/** The choice of start centroids by k-means++ on fixed data. */
export interface PlusPlusSession extends Disposable {
  /**
   * Chooses all rows at once, where that takes less time than a call for each step of it: the rows that
   * those calls would lead to.
   *
   * @returns Indices of rows, in the order of their choice; undefined where they are to be chosen by
   * `candidates` and `accept`.
   */
  readonly choose?: (draws: PlusPlusDraws) => MaybePromise<Uint32Array | undefined>;
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
