import type { MaybePromise } from "./maybe_promise.ts";

/** Points that `MixtapeNeighbors` is opened on, and bounds of their distances as a product. */
export interface NeighborAttributes {
  /** n × dimensions. */
  readonly points: Float32Array;
  /** Columns. */
  readonly dimensions: number;
  /** Which neighbour, 1 ≤ k ≤ n. */
  readonly k: number;
  /**
   * Points p as (p', |p''|, −|p|²/2), then rows that no query is near up to groups · group rows. Times a query q as
   * (q', |q''|, 1) that is (|q|² − b)/2, with b ≤ |p − q|²: nearer is higher.
   */
  readonly pointFactor: Float32Array;
  /** Columns of the factors. */
  readonly width: number;
  /** Points of a group, of whose scores the best is found first; a multiple of 4. */
  readonly group: number;
  /** Number of groups. */
  readonly groups: number;
  /** Bound of the rounding error of a score. */
  readonly doubt: number;
}

/** Points to find neighbours among, with the factors that bound distances. */
export interface FactoredNeighbors extends Disposable {
  /** Squared distances to the k-th nearest point, exact, of rows × dimensions queries and their factors. */
  readonly kthDistances: (
    queries: Float64Array,
    queryFactor: Float32Array,
  ) => MaybePromise<Float64Array>;
}
