import type { MatrixValues, MixtureMoments, MixtureStepOptions } from "@mixtape/operations";

/** A Gaussian mixture, in the form that its densities are computed from. All float64, row by row. */
export interface MixtureFactors {
  /** Number of components. */
  readonly k: number;
  /** Logarithms of the weights, k. */
  readonly logWeights: Float64Array;
  /** Means, k×d. */
  readonly means: Float64Array;
  /**
   * W with Wᵀ·W = Σ⁻¹, laid out for the shape: lower triangles d×d (the inverses of the Cholesky factors) or inverse
   * standard deviations.
   */
  readonly precisionFactors: Float64Array;
}

/** Data laid out for repeated passes with different parameters; dispose of it when done. */
export interface MixtureSession extends Disposable {
  /** Moments under given responsibilities, n×k, about given points, k×d; their log-likelihood is 0. */
  moments(responsibilities: MatrixValues, about: Float64Array): Promise<MixtureMoments>;
  /** One pass: responsibilities under the given parameters, and the moments under them. */
  step(factors: MixtureFactors, options?: MixtureStepOptions): Promise<MixtureMoments>;
  /** log p(x) of each row, −Infinity where it lies below float64. */
  logDensity(factors: MixtureFactors): Promise<Float64Array>;
  /** The probability of each component given the row, n×k. */
  responsibilities(factors: MixtureFactors): Promise<Float64Array>;
  /**
   * The first of the most probable components of each row; undefined where they have to be found among responsibilities.
   */
  mostProbable?(factors: MixtureFactors): Promise<Int32Array | undefined>;
}
