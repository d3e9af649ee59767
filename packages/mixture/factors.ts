import type { MixtureFactors } from "@mixtape/tensor-utils";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { CheckedParameters } from "./parameters.ts";

/**
 * Factorises the covariances of a mixture, as densities need them.
 *
 * @param parameters The mixture.
 * @returns Log-weights, means and precision factors.
 * @throws {ComponentCollapseError} If a covariance is not positive definite to the precision of float64.
 */
export function factorize(parameters: CheckedParameters): MixtureFactors {
  const { covariance, covariances, dimensions: d } = parameters;
  const shape = covarianceShapes[covariance];
  const factors = new Float64Array(covariances.length);
  for (const [component, block] of blocksOf(covariances, shape.layout, d).entries()) {
    factors.set(shape.precisionFactor(block, d, component), component * block.length);
  }
  return withFactors(parameters, factors);
}

/**
 * Checks that the covariances of a mixture can be factorised, in half of the time.
 *
 * @throws {ComponentCollapseError} As {@link factorize}.
 */
export function checkFactors({ covariance, covariances, dimensions: d }: CheckedParameters): void {
  const shape = covarianceShapes[covariance];
  for (const [component, block] of blocksOf(covariances, shape.layout, d).entries()) {
    if (shape.checkDefinite) shape.checkDefinite(block, d, component);
    else shape.precisionFactor(block, d, component);
  }
}

/**
 * Factorises the covariances of a mixture as {@link factorize} does, by kernels where backends have them; at once if
 * it takes some milliseconds.
 *
 * @param parameters The mixture.
 * @param signal Ends what takes long; the promise is then rejected with its reason.
 */
export function factorizeInTurns(
  parameters: CheckedParameters,
  signal?: AbortSignal,
): MixtureFactors | Promise<MixtureFactors> {
  const { covariance, covariances, dimensions: d } = parameters;
  const factors = covarianceShapes[covariance].precisionFactors?.(covariances, d, signal);
  if (!factors) return factorize(parameters);
  if (!(factors instanceof Promise)) return withFactors(parameters, factors);
  return factors.then((factors) => withFactors(parameters, factors));
}

function withFactors(
  { components, weights, means }: CheckedParameters,
  precisionFactors: Float64Array,
): MixtureFactors {
  return { k: components, logWeights: weights.map(Math.log), means, precisionFactors };
}
