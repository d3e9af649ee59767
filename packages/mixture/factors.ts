import {
  cholesky,
  invertLower,
  type MixtureFactors,
  NotPositiveDefiniteError,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import type { CheckedParameters } from "./parameters.ts";

/**
 * Factorises the covariances of a mixture for computing densities.
 *
 * @param parameters The mixture.
 * @returns Log-weights, means and precision factors.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 */
export function factorize(parameters: CheckedParameters): MixtureFactors {
  return {
    k: parameters.components,
    logWeights: parameters.weights.map(Math.log),
    means: parameters.means,
    precisionFactors: precisionFactors(parameters),
  };
}

function precisionFactors(parameters: CheckedParameters): Float64Array {
  const { covariance, covariances, dimensions: d } = parameters;
  if (covariance === "diagonal") {
    return covariances.map((variance, i) => inverseDeviation(variance, Math.floor(i / d)));
  }
  if (covariance === "spherical") return covariances.map(inverseDeviation);
  const result = new Float64Array(covariances.length);
  for (let first = 0; first < covariances.length; first += d * d) {
    const sigma = covariances.subarray(first, first + d * d);
    result.set(inverseFactor(sigma, d, first / (d * d)), first);
  }
  return result;
}

function inverseDeviation(variance: number, component: number): number {
  if (variance > 0 && variance < Infinity) return 1 / Math.sqrt(variance);
  throw new ComponentCollapseError(component, `has a variance of ${variance}`);
}

function inverseFactor(sigma: Float64Array, d: number, component: number): Float64Array {
  try {
    return invertLower(cholesky(sigma, d), d);
  } catch (error) {
    if (!(error instanceof NotPositiveDefiniteError)) throw error;
    throw new ComponentCollapseError(
      component,
      `has a covariance that is not positive definite (column ${error.pivot} depends on those before it)`,
    );
  }
}
