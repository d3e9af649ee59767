import { logNormalizer, logSumExp, type MixtureMoments, type Steps } from "@mixtape/tensor-utils";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { Mixture } from "./em_iteration.ts";

/** A pass leaves out responsibilities below e to minus this, see `MixtureStepOptions`. */
const LEAST_EXPONENT = 28;
/** The share of a weight, and of a variance in any direction, that they may make up together. */
const MOST = 1e-7;

/**
 * Bounds the effect of the responsibilities that a pass left out on the weights and covariances.
 *
 * A row that is left out of a component with r = e^−t, t ≥ 28, has log p(x) = c − |y|²/2 + t there, where y is the
 * row less the mean in standard deviations and c the constant of the density. So r|y|² is 2e^−t·(c − log p(x) + t).
 * No log p(x) is above C, the constant of all densities together, so that is at most
 * 2e^−28·(max(c + 28, C + 1) − log p(x)), which is above 0 for every row, and the sum of that over all rows needs
 * only the log-likelihood.
 *
 * @param moments The moments that the pass computed.
 * @param rows Number of rows of the data.
 * @param before The mixture before the M-step.
 * @param after The mixture after the M-step.
 * @returns True if the bound is not met, so that the moments have to be computed again from all responsibilities.
 */
export function* leavesOutTooMuch(
  { counts, logLikelihood }: MixtureMoments,
  rows: number,
  before: Mixture,
  after: Mixture,
): Steps<boolean> {
  const { covariance, covariances, dimensions: d } = before.parameters;
  const shape = covarianceShapes[covariance];
  const { block, shared } = shape.layout;
  const least = Math.exp(-LEAST_EXPONENT);
  if (!counts.every((count) => rows * least <= MOST * count)) return true;
  const constants = logConstants(before);
  const together = logSumExp(constants);
  const squares = counts.map((count, c) => {
    const peak = Math.max(constants[c] + LEAST_EXPONENT, together + 1);
    const most = 2 * least * (rows * peak - logLikelihood);
    return most / (shared ? rows : count) / (block === "scalar" ? d : 1);
  });
  const ofBlocks = shared ? [squares.reduce((sum, square) => sum + square, 0)] : squares;
  const sigmas = blocksOf(covariances, shape.layout, d);
  const owns = blocksOf(after.parameters.covariances, shape.layout, d);
  const factors = blocksOf(after.factors.precisionFactors, shape.layout, d);
  for (const [b, square] of ofBlocks.entries()) {
    const near = { own: owns[b], enough: MOST / square };
    const variance = yield* shape.boundVariance(sigmas[b], factors[b], d, near);
    if (!(square * variance <= MOST)) return true;
  }
  return false;
}

/** The logarithm of weight × normalising constant of each component. */
function logConstants({ factors, parameters }: Mixture): Float64Array {
  const { covariance, dimensions: d } = parameters;
  const { layout } = covarianceShapes[covariance];
  return factors.logWeights.map((logWeight, c) =>
    logWeight + logNormalizer(factors.precisionFactors, c, d, layout)
  );
}
