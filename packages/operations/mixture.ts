import type { MatrixValues } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";

/**
 * The layout of whatever holds a block of numbers per component, or one for all: covariances, precision factors
 * and scatter.
 */
export interface MixtureShape {
  /**
   * Kind of a block: a symmetric matrix d×d, whose precision factor is a lower triangle; d numbers of a diagonal;
   * or one number for all columns, for which scatter has the trace.
   */
  readonly block: "matrix" | "diagonal" | "scalar";
  /** Says that there is one block for all components; scatter is then summed over them. */
  readonly shared: boolean;
}

/** Data that `MixtapeMixture` is opened on. */
export interface MixtureAttributes {
  /** The data, n×d; a kernel may keep this array. */
  readonly values: MatrixValues;
  /** Number of rows n. */
  readonly rows: number;
  /** Number of columns d. */
  readonly columns: number;
  /** The shape of the covariances. */
  readonly shape: MixtureShape;
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** A Gaussian mixture as kernels read it. All float64, row by row. */
export interface MixtureTerms {
  /** Number of components. */
  readonly k: number;
  /** log of weight × normalising constant, k. */
  readonly constants: Float64Array;
  /** Means, k×d. */
  readonly means: Float64Array;
  /**
   * W with Wᵀ·W = Σ⁻¹, laid out for the shape: lower triangles d×d (the inverses of the Cholesky factors) or inverse
   * standard deviations.
   */
  readonly precisionFactors: Float64Array;
}

/** Choices for one pass that takes moments. */
export interface MixtureStepOptions {
  /** The points that moments are taken about, k×d; the means of the mixture by default. */
  readonly about?: Float64Array;
  /**
   * Counts responsibilities from 1e-52 on, instead of from 1e-12 on. What lies between changes nothing to
   * speak of but the moments of a component that has little else, and leaving it out saves most of the work; false
   * by default.
   */
  readonly careful?: boolean;
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

/**
 * The passes over the data, in float64 and row by row: what a row gets does not depend on the others. Of a
 * symmetric matrix the lower triangle suffices. Where a row's log-density lies below float64, it is −Infinity and
 * the row's responsibilities are NaN.
 */
export interface MixturePasses extends Disposable {
  /** Moments under given responsibilities, n×k, about given points, k×d; their log-likelihood is 0. */
  readonly moments: (
    responsibilities: MatrixValues,
    about: Float64Array,
  ) => MaybePromise<MixtureMoments>;
  /** Responsibilities under the given parameters, and the moments under them. */
  readonly step: (
    terms: MixtureTerms,
    options: Required<MixtureStepOptions>,
  ) => MaybePromise<MixtureMoments>;
  /** log p(x) of each row. */
  readonly logDensity: (terms: MixtureTerms) => MaybePromise<Float64Array>;
  /** The probability of each component given the row, n×k. */
  readonly responsibilities: (terms: MixtureTerms) => MaybePromise<Float64Array>;
  /** The first of the most probable components of each row, −1 where its density lies below float64. */
  readonly mostProbable?: (terms: MixtureTerms) => MaybePromise<Int32Array>;
}
