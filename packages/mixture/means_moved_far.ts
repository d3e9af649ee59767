import { mixtureStrides } from "@mixtape/tensor-utils";
import { blockOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { Mixture } from "./em_iteration.ts";

/**
 * Squares of moves in standard deviations, up to which taking the move back out of a covariance costs less than a
 * billionth of it.
 */
const FARTHEST = 1e5;
/** The share of what a covariance loses to rounding anyway that taking a move back may add. */
const SHARE = 0.1;

/**
 * Whether moments about the means of before are too coarse for the covariances after: Σ is what they leave once the
 * square of the move is taken out, and both are rounded.
 *
 * @param mixture The mixture after the move.
 * @param before The means before the move, k×d.
 * @returns Whether to take moments about the new means.
 */
export function meansMovedFar({ parameters, factors }: Mixture, before: Float64Array): boolean {
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
  }
  return false;
}
