import type { MixtureMoments, MixtureShape } from "@mixtape/tensor-utils";

/** The direction in which a component spreads most. */
export interface Axis {
  /** Variance along it. */
  readonly variance: number;
  /** Unit vector, d. */
  readonly direction: Float64Array;
}

/**
 * Operations on one block of covariances: on that of a component or, where all share it, on the only one. A block is
 * a symmetric matrix d×d, the d variances of a diagonal, or one variance for all columns.
 */
export interface CovarianceBlock {
  /** Counts the numbers of a block that are free, as information criteria do. */
  freeParameters(d: number): number;
  /**
   * Checks a block that was given, beyond its length and that it is finite.
   *
   * @throws {RangeError} If it cannot be a covariance, whatever its numbers are.
   */
  check(block: Float64Array, d: number, name: string): void;
  /**
   * Inverts a block to the precision factor W, WᵀW = Σ⁻¹: a lower triangle or inverse standard deviations.
   *
   * @throws {ComponentCollapseError} If the block is not positive definite, as far as float64 can tell.
   */
  precisionFactor(block: Float64Array, d: number, component: number): Float64Array;
  /** The variances that a block has, one per column or one for all. */
  variances(block: Float64Array, d: number): Float64Array;
  /**
   * ‖|W|·v‖² for v ≥ 0: the most that the squared length of W·v may come to where the elements of v are rounded by
   * themselves, since no terms cancel then.
   */
  boundSquaredLength(factor: Float64Array, v: Float64Array): number;
  /**
   * The most that a variance of a block comes to in any direction, at least, in units of the variance there of the
   * block that a factor belongs to.
   */
  boundVariance(block: Float64Array, factor: Float64Array, d: number): number;
  /** Prepares a function that gives standard normal numbers, d, the spread of a block. */
  spreader(block: Float64Array, d: number): (z: Float64Array) => Float64Array;
  /** Finds the direction of the largest variance. */
  longestAxis(block: Float64Array, d: number): Axis;
  /** Takes variance along a direction out of a block, in place, as far as the shape can express that. */
  shrink(block: Float64Array, direction: Float64Array, variance: number): void;
  /** Writes a block, or a factor, out as a matrix d×d. */
  toMatrix(block: Float64Array, d: number): Float64Array;
  /** Adds to a block, in place, what a matrix d×d of derivatives means for its elements. */
  addDerivatives(block: Float64Array, matrix: Float64Array, d: number): void;
}

/** Sums under the responsibilities that covariances follow from. */
export interface Scatter extends Pick<MixtureMoments, "scatter" | "counts"> {
  /** Means less the points that the moments were taken about, k×d. */
  readonly shifts: Float64Array;
  /** Sum of the counts. */
  readonly total: number;
}

/** A shape of covariances: everything that tells it from the others. */
export interface CovarianceShape extends CovarianceBlock {
  /** The layout of the arrays, as the named operation has it. */
  readonly layout: MixtureShape;
  /**
   * The M-step: the covariances that maximise the expected log-likelihood.
   *
   * @param scatter Sums under the responsibilities.
   * @param regularization Added to every variance.
   * @returns The covariances, laid out for the shape.
   */
  maximize(scatter: Scatter, regularization: number): Float64Array;
}
