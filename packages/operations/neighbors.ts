import type { MaybePromise } from "./maybe_promise.ts";

/** Points that `MixtapeNeighbors` is opened on, and bounds of their distances as a product. */
export interface NeighborAttributes {
  /** n × dimensions numbers, point by point. */
  readonly points: Float32Array;
  /** Number of coordinates of a point. */
  readonly dimensions: number;
  /** Rank of the neighbour, 1 ≤ k ≤ n. */
  readonly k: number;
  /**
   * Points p as (p', |p''|, −|p|²/2), then rows that no query is near up to groups · group rows. Times a query q as
   * (q', |q''|, 1) that is (|q|² − b)/2, with b ≤ |p − q|²: nearer is higher.
   */
  readonly pointFactor: Float32Array;
  /** Number of columns of the factors. */
  readonly width: number;
  /** Number of points in a group, whose best score is found first; a multiple of 4. */
  readonly group: number;
  /** Number of groups. */
  readonly groups: number;
  /** Bound of the rounding error of a score. */
  readonly doubt: number;
}

/** Points to find neighbours among, with the factors that bound distances. */
export interface FactoredNeighbors extends Disposable {
  /**
   * Returns the exact squared distances to the k-th nearest point of rows × dimensions queries,
   * given their factors. A signal ends the search, which then fails with its reason.
   */
  readonly kthDistances: (
    queries: Float64Array,
    queryFactor: Float32Array,
    signal?: AbortSignal,
  ) => MaybePromise<Float64Array>;
}
