import type { MatrixValues } from "../matrix.ts";

/**
 * How the covariances of a mixture are shaped and shared: one matrix per component, one matrix for all, one
 * variance per component and feature, or one variance per component.
 */
export type MixtureCovariance = "full" | "tied" | "diagonal" | "spherical";

/**
 * The layout of whatever holds a block of numbers per component, or one for all: covariances, precision factors
 * and scatter.
 */
export interface MixtureShape {
  /**
   * What a block is: a symmetric matrix d×d, whose precision factor is a lower triangle; d numbers of a diagonal;
   * or one number for all columns, for which scatter has the trace.
   */
  readonly block: "matrix" | "diagonal" | "scalar";
  /** Whether there is one block for all components; scatter is then summed over them. */
  readonly shared: boolean;
}

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

/** Sums over the rows that the next parameters follow from; r is the responsibility. All float64. */
export interface MixtureMoments {
  /** Sum over rows of log p(x). */
  readonly logLikelihood: number;
  /** Σ r, k. */
  readonly counts: Float64Array;
  /** Σ r·(x − about), k×d. */
  readonly sums: Float64Array;
  /**
   * Σ r·(x − about)(x − about)ᵀ, laid out for the shape: matrices, their diagonals or their traces; summed over the
   * components too where they share a covariance.
   */
  readonly scatter: Float64Array;
}

/** Choices for one pass of {@link MixtureSession.step}. */
export interface MixtureStepOptions {
  /** The points that moments are taken about, k×d; the means of the mixture unless given. */
  readonly about?: Float64Array;
  /**
   * Whether responsibilities from 1e-52 on count, instead of from 1e-12 on. What lies between changes nothing to
   * speak of but the moments of a component that has little else, and leaving it out saves most of the work; false
   * unless given.
   */
  readonly careful?: boolean;
}

/** Data laid out for repeated passes with different parameters; dispose of it when done. */
export interface MixtureSession extends Disposable {
  /** Moments under given responsibilities, n×k, about given points, k×d; their log-likelihood is 0. */
  moments(responsibilities: Float64Array, about: Float64Array): Promise<MixtureMoments>;
  /** One pass: responsibilities under the given parameters, and the moments under them. */
  step(factors: MixtureFactors, options?: MixtureStepOptions): Promise<MixtureMoments>;
  /** log p(x) of each row, −Infinity where it lies below float64. */
  logDensity(factors: MixtureFactors): Promise<Float64Array>;
  /** The probability of each component given the row, n×k. */
  responsibilities(factors: MixtureFactors): Promise<Float64Array>;
}

/** The data that a kernel of mixtures is opened on. */
export interface MixtureAttributes {
  /** The data, n×d; a kernel may keep this array. */
  readonly values: MatrixValues;
  /** n. */
  readonly rows: number;
  /** d. */
  readonly columns: number;
  /** The shape of the covariances. */
  readonly shape: MixtureShape;
}

/** A Gaussian mixture as kernels read it. */
export interface MixtureTerms {
  /** Number of components. */
  readonly k: number;
  /** log of weight × normalising constant, k. */
  readonly constants: Float64Array;
  /** Means, k×d. */
  readonly means: Float64Array;
  /** Precision factors, laid out as in {@link MixtureFactors}. */
  readonly precisionFactors: Float64Array;
}

/**
 * The passes that a backend implements, in float64 and row by row: what a row gets does not depend on the
 * others. Of a symmetric matrix the lower triangle suffices. Where a row's log-density lies below float64, it is
 * −Infinity and the row's responsibilities are NaN.
 */
export interface MixturePasses extends Disposable {
  /** As {@link MixtureSession.moments}. */
  moments(
    responsibilities: Float64Array,
    about: Float64Array,
  ): MixtureMoments | Promise<MixtureMoments>;
  /** As {@link MixtureSession.step}. */
  step(
    terms: MixtureTerms,
    options: Required<MixtureStepOptions>,
  ): MixtureMoments | Promise<MixtureMoments>;
  /** As {@link MixtureSession.logDensity}. */
  logDensity(terms: MixtureTerms): Float64Array | Promise<Float64Array>;
  /** As {@link MixtureSession.responsibilities}. */
  responsibilities(terms: MixtureTerms): Float64Array | Promise<Float64Array>;
}
