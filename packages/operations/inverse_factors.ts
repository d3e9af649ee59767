/** Matrices for `MixtapeInverseFactors`. */
export interface InverseFactorsAttributes {
  /** Symmetric matrices, one after the other, d × d numbers each, row by row; only lower triangles are read. */
  readonly matrices: Float64Array;
  /** Number of rows of each. */
  readonly d: number;
  /** Ends the work if it takes long; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** Inverses of the Cholesky factors of matrices, A = L Lᵀ. */
export interface InverseFactors {
  /**
   * L⁻¹ of each matrix, lower triangles with zeros above, laid out as the matrices; of a matrix that is not positive
   * definite, any numbers.
   */
  readonly factors: Float64Array;
  /** For each matrix the first row whose pivot is not positive, or not finite; −1 if it is positive definite. */
  readonly failures: Int32Array;
}
