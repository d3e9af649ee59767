import type { HostMatrix, MatrixValues } from "./host_matrix.ts";

/** Attributes of `MixtapeDistances`. */
export interface DistancesAttributes {
  /**
   * The data, shape [n, d], which may hold numbers that are not finite; read before the kernel
   * returns, so that it may change afterwards.
   */
  readonly x: HostMatrix;
  /** k × d numbers, row by row, finite. */
  readonly points: Float64Array;
  /** Number of points. */
  readonly k: number;
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** Distances of rows to points. */
export interface Distances {
  /**
   * n × k Euclidean distances, row by row, rounded to float32 where the data are, else float64; NaN
   * where a row is not finite, or a squared distance overflows or vanishes.
   */
  readonly values: Float32Array | Float64Array;
  /** Number of distances that are not finite. */
  readonly undecided: number;
  /** The data as they were read; needed where some distance is undecided and the event loop has turned. */
  readonly asRead?: MatrixValues;
}
