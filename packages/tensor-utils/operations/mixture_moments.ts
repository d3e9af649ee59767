/**
 * How the covariances of a mixture are shaped and shared: a matrix a component, one matrix for all, a
 * variance a component and feature, or a variance a component.
 */
export type MixtureCovariance = "full" | "tied" | "diagonal" | "spherical";

/** A Gaussian mixture, in the form that its densities are computed from. All float64, row by row. */
export interface MixtureFactors {
  /** Number of components. */
  readonly k: number;
  /** Logarithms of the weights, k. */
  readonly logWeights: Float64Array;
  /** Means, k×d. */
  readonly means: Float64Array;
  /**
   * W with Wᵀ·W = Σ⁻¹: for full covariances k lower triangles d×d (the inverses of the Cholesky factors),
   * for tied one, for diagonal k×d inverse standard deviations, for spherical k of them.
   */
  readonly precisionFactors: Float64Array;
}

/** What one pass over the data gathers for the next parameters; r is the responsibility. All float64. */
export interface MixtureMoments {
  /** Sum over rows of log p(x). */
  readonly logLikelihood: number;
  /** Σ r, k. */
  readonly counts: Float64Array;
  /** Σ r·(x − mean), k×d, about the means that were given. */
  readonly sums: Float64Array;
  /**
   * Σ r·(x − mean)(x − mean)ᵀ about the means that were given: full k×d×d, tied d×d (summed over the
   * components too), diagonal the k×d diagonals, spherical the k traces.
   */
  readonly scatter: Float64Array;
}

/** Data laid out for repeated passes with different parameters; dispose of it when done. */
export interface MixtureSession extends Disposable {
  /** Moments under given responsibilities, n×k, about given means, k×d; their log-likelihood is 0. */
  moments(responsibilities: Float32Array, means: Float64Array): Promise<MixtureMoments>;
  /** One pass: responsibilities under the given parameters, and the moments under them. */
  step(factors: MixtureFactors): Promise<MixtureMoments>;
  /** log p(x) of each row. */
  logDensity(factors: MixtureFactors): Promise<Float64Array>;
  /** The probability of each component given the row, n×k. */
  responsibilities(factors: MixtureFactors): Promise<Float32Array>;
}
