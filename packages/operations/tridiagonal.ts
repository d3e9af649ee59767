import type { MaybePromise } from "./maybe_promise.ts";

/** A matrix for `MixtapeTridiagonal`. */
export interface TridiagonalAttributes {
  /** The symmetric matrix, d × d, finite, of a scale at which squares of its entries are ordinary numbers. */
  readonly a: Float64Array;
  /** Number of rows. */
  readonly d: number;
}

/** A symmetric tridiagonal matrix. */
export interface Tridiagonal {
  /** The diagonal, d numbers. */
  readonly diagonal: Float64Array;
  /** The numbers beside the diagonal: number i stands in rows i − 1 and i, the first is 0. */
  readonly off: Float64Array;
}

/** Rotations of neighbouring rows in one sweep of QL iterations. */
export interface Sweep {
  /** The first row. */
  readonly first: number;
  /** Cosine and sine of each rotation, in turn; the last was done first. */
  readonly turns: Float64Array;
}

/** Eigenvectors of the tridiagonal matrix, and those that are wanted of the other. */
export interface TridiagonalVectors {
  /** Sweeps that made the tridiagonal matrix diagonal, in their order; their first rows never decrease. */
  readonly sweeps: readonly Sweep[];
  /** Places on the diagonal of the eigenvalues whose vectors are wanted. */
  readonly places: readonly number[];
  /** Ends the work if it takes long; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** Reduction of a symmetric matrix to a tridiagonal one, and the way back. */
export interface TridiagonalSession extends Disposable {
  /**
   * Reduces the matrix, once, by Householder reflections.
   *
   * @param signal Ends the work if it takes long; the promise is then rejected with its reason.
   */
  readonly reduce: (signal?: AbortSignal) => MaybePromise<Tridiagonal>;
  /** Returns unit eigenvectors of the matrix, one per place and row, once it was reduced. */
  readonly vectors: (wanted: TridiagonalVectors) => MaybePromise<Float64Array>;
}
