import type { HostMatrix } from "./host_matrix.ts";

/** Data for `MixtapeMoments`. */
export interface MomentsAttributes {
  /** Rows, n ≥ 1, finite; they do not change while the promise is pending. Sums of squares must not overflow. */
  readonly x: HostMatrix;
  /** Ends the work if it takes long; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** Means of columns, and their products. */
export interface Moments {
  /** Mean of each column; that of equal numbers is theirs. */
  readonly means: Float64Array;
  /**
   * Σ (x − mean)(x − mean)ᵀ over rows, d × d; what lies above the diagonal is undefined. Products of whole numbers
   * that are close to their means are exact.
   */
  readonly scatter: Float64Array;
}
