import { mixtureStrides, type Steps } from "@mixtape/tensor-utils";
import { blockOf } from "./covariances/blocks.ts";
import { isWide } from "./covariances/matrix_block.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { Mixture } from "./em_iteration.ts";

/**
 * The largest squared move of a mean, in squared standard deviations, whose correction costs a covariance less than a
 * billionth of itself.
 */
const FARTHEST = 1e5;
/** The largest loss by the correction, as a share of what a covariance loses to rounding anyway. */
const SHARE = 0.1;

/**
 * Decides if covariances from moments about the previous means have lost too many digits: the correction subtracts
 * the square of the move, and both terms are rounded.
 *
 * @param mixture The mixture after the move.
 * @param before The means before the move, k×d.
 * @returns True if the moments have to be computed again about the new means.
 */
export function* meansMovedFar(
  { parameters, factors }: Mixture,
  before: Float64Array,
): Steps<boolean> {
  const { covariance, covariances, means, components, dimensions: d } = parameters;
  const shape = covarianceShapes[covariance];
  const { component, diagonal } = mixtureStrides(shape.layout, d);
  const shift = new Float64Array(d);
  const spread = new Float64Array(d);
  for (let c = 0; c < components; c++) {
    for (let j = 0; j < d; j++) {
      shift[j] = Math.abs(means[c * d + j] - before[c * d + j]);
      spread[j] = Math.sqrt(covariances[c * component + j * diagonal]);
    }
    const factor = blockOf(factors.precisionFactors, shape.layout, d, c);
    const moved = shape.boundSquaredLength(factor, shift);
    const rounded = shape.boundSquaredLength(factor, spread);
    if (!(moved <= Math.max(FARTHEST, SHARE * rounded))) return true;
    if (isWide(d)) yield;
  }
  return false;
}
