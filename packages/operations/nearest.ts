import type { HostMatrix } from "./host_matrix.ts";

/** Attributes of `MixtapeNearest`. */
export interface NearestAttributes {
  /**
   * The data, shape [n, d]; read before the kernel returns, so that it may change afterwards.
   */
  readonly x: HostMatrix;
  /** k × d numbers, row by row. */
  readonly centroids: Float64Array;
  /** Number of centroids. */
  readonly k: number;
  /** True if distances are not needed, and may be left out, but a row that is not finite is handed back. */
  readonly labelsAlone?: boolean;
  /** A sum that is needed instead of distances, which may then be left out if it is given. */
  readonly sum?: SumOfDistances;
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** A sum of squared distances, one row after the other. */
export interface SumOfDistances {
  /** Sum of the rows before. */
  readonly from: number;
  /** Weight of each row, not negative; all 1 by default. */
  readonly weights?: Float64Array;
}

/** The nearest centroid of each row. */
export interface Nearest {
  /**
   * Index of the nearest centroid of each row, the lowest one among equals; −1 for a float32 row
   * that is not finite.
   */
  readonly labels: Int32Array;
  /** Squared distance of each row to it, in float64; Infinity or 0 where that is beyond float64. */
  readonly distances: Float64Array;
  /**
   * The sum that was asked for, from + Σ w · distance in float64. A kernel may leave it out, and does where a
   * distance is beyond 2^±900, as 0 is.
   */
  readonly sum?: number;
  /** Of labels alone: the first row whose label is −1; undefined if all are finite. */
  readonly notFinite?: RowAsRead;
}

/** A row as it was read, whatever the caller has made of the data since. */
export interface RowAsRead {
  /** Its index. */
  readonly row: number;
  /** Its numbers, shape [1, d]. */
  readonly x: HostMatrix;
}
