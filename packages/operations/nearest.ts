import type { HostMatrix } from "./host_matrix.ts";

/** Attributes of `MixtapeNearest`. */
export interface NearestAttributes {
  /** The data, shape [n, d], finite. */
  readonly x: HostMatrix;
  /** k × d numbers, row by row. */
  readonly centroids: Float64Array;
  /** Number of centroids. */
  readonly k: number;
}

/** The nearest centroid of each row. */
export interface Nearest {
  /** Index of the nearest centroid of each row, the lowest one among equals. */
  readonly labels: Int32Array;
  /** Squared distance of each row to it, in float64; Infinity or 0 where that is beyond float64. */
  readonly distances: Float64Array;
}
