import type { MixtureMoments, MixtureShape, Steps } from "@mixtape/tensor-utils";
import type { SpreadRows } from "./spread_rows.ts";

/** The direction of the largest variance of a component. */
export interface Axis {
  /** Variance along the direction. */
  readonly variance: number;
  /** Unit vector, length d. */
  readonly direction: Float64Array;
}

/** The block that a factor is of, which the one whose variance is to be bounded may be near. */
export interface NearBlock {
  /** The block. */
  readonly own: Float64Array;
  /** A rough bound will do if it is no more than this. */
  readonly enough: number;
}

/**
 * The operations on a block of covariances: that of one component, or the one that all components share. A block is
 * a symmetric d×d matrix, the d variances of a diagonal, or one variance for all columns.
 */
export interface CovarianceBlock {
  /** Counts the free parameters of a block, as information criteria do. */
  freeParameters(d: number): number;
  /**
   * Checks a given block, whose length is right and whose numbers are finite.
   *
   * @throws {RangeError} If it is not symmetric or otherwise cannot be a covariance; factorising finds the rest.
   */
  check(block: Float64Array, d: number, name: string): void;
  /**
   * Inverts a block to the precision factor W, WᵀW = Σ⁻¹: a lower triangle or inverse standard deviations.
   *
   * @throws {ComponentCollapseError} If the block is not positive definite to the precision of float64.
   */
  precisionFactor(block: Float64Array, d: number, component: number): Float64Array;
  /**
   * Checks that a block can be inverted, where that takes less time than inverting it.
   *
   * @throws {ComponentCollapseError} As {@link CovarianceBlock.precisionFactor}.
   */
  checkDefinite?(block: Float64Array, d: number, component: number): void;
  /**
   * Inverts all blocks together, where backends have kernels for that; a signal ends what takes long.
   *
   * @throws {ComponentCollapseError} As {@link CovarianceBlock.precisionFactor}, of the first such block.
   */
  precisionFactors?(
    blocks: Float64Array,
    d: number,
    signal?: AbortSignal,
  ): Float64Array | Promise<Float64Array>;
  /** Returns the variances of a block: one per column, or one for all. */
  variances(block: Float64Array, d: number): Float64Array;
  /**
   * Computes ‖|W|·v‖² for v ≥ 0: an upper bound of the squared length of W·v for any signs of the elements of v,
   * since no terms cancel.
   */
  boundSquaredLength(factor: Float64Array, v: Float64Array): number;
  /**
   * Computes an upper bound, over all directions, of the ratio of a block's variance to that of the block whose factor
   * is given; the bound may be a rough one, which takes less time, if that will do.
   */
  boundVariance(
    block: Float64Array,
    factor: Float64Array,
    d: number,
    near?: NearBlock,
  ): Steps<number>;
  /** Transforms rows of standard normal numbers to the covariance of a block, in place. */
  spread(block: Float64Array, rows: SpreadRows): Steps<void>;
  /** Finds the direction of the largest variance; a signal ends what takes long. */
  longestAxis(block: Float64Array, d: number, signal?: AbortSignal): Axis | Promise<Axis>;
  /** Subtracts variance along a direction from a block, in place, as far as the shape can express that. */
  shrink(block: Float64Array, direction: Float64Array, variance: number): void;
  /** Expands a block, or a factor, to a d×d matrix. */
  toMatrix(block: Float64Array, d: number): Float64Array;
  /** Adds a d×d matrix of derivatives to the derivatives by a block's elements, in place (chain rule). */
  addDerivatives(block: Float64Array, matrix: Float64Array, d: number): void;
}

/** Sums over the rows, weighted by the responsibilities, from which covariances are computed. */
export interface Scatter extends Pick<MixtureMoments, "scatter" | "counts"> {
  /** New means less the points that the moments were taken about, k×d. */
  readonly shifts: Float64Array;
  /** Sum of the counts. */
  readonly total: number;
}

/** A shape of covariances: its layout and everything that depends on the shape. */
export interface CovarianceShape extends CovarianceBlock {
  /** Layout of the arrays, as in the named operation. */
  readonly layout: MixtureShape;
  /**
   * Does the M-step for covariances: computes those that maximise the expected log-likelihood.
   *
   * @param scatter Sums over the rows, weighted by the responsibilities.
   * @param regularization Number added to every variance.
   * @returns The covariances, laid out for the shape.
   */
  maximize(scatter: Scatter, regularization: number): Steps<Float64Array>;
}
