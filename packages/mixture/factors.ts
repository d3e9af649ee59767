import type { MixtureFactors } from "@mixtape/tensor-utils";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { CheckedParameters } from "./parameters.ts";
import { atOnce, type Steps } from "./steps.ts";

/**
 * Factorises the covariances of a mixture, as densities need them.
 *
 * @param parameters The mixture.
 * @returns Log-weights, means and precision factors.
 * @throws {ComponentCollapseError} If a covariance is not positive definite to the precision of float64.
 */
export function factorize(parameters: CheckedParameters): MixtureFactors {
  return atOnce(factorizeInSteps(parameters));
}

/** Factorises the covariances of a mixture as {@link factorize} does. */
export function* factorizeInSteps(parameters: CheckedParameters): Steps<MixtureFactors> {
  return {
    k: parameters.components,
    logWeights: parameters.weights.map(Math.log),
    means: parameters.means,
    precisionFactors: yield* precisionFactors(parameters),
  };
}

function* precisionFactors(parameters: CheckedParameters): Steps<Float64Array> {
  const { covariance, covariances, dimensions: d } = parameters;
  const shape = covarianceShapes[covariance];
  const factors = new Float64Array(covariances.length);
  for (const [component, block] of blocksOf(covariances, shape.layout, d).entries()) {
    const factor = yield* shape.precisionFactor(block, d, component);
    factors.set(factor, component * block.length);
  }
  return factors;
}
