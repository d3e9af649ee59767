import {
  cholesky,
  invertLower,
  type MixtureFactors,
  NotPositiveDefiniteError,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import type { CheckedParameters } from "./parameters.ts";

/**
 * What must be left of a column's variance once it is predicted from the columns before it, relative to the
 * variance: below this, rounding to float64 shows in the sixth digit of densities.
 */
const LEAST_PIVOT = 2e-11;

/**
 * Factorises the covariances of a mixture for computing densities.
 *
 * @param parameters The mixture.
 * @returns Log-weights, means and precision factors.
 * @throws {ComponentCollapseError} If a covariance is not positive definite, as far as float64 can tell.
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
  throw new ComponentCollapseError(component, `has a variance of ${variance}`, Number.MIN_VALUE);
}

function inverseFactor(sigma: Float64Array, d: number, component: number): Float64Array {
  const factor = factorOf(sigma, d);
  const dependent = typeof factor === "number" ? factor : dependentColumn(factor, sigma, d);
  if (typeof factor !== "number" && dependent === -1) return invertLower(factor, d);
  const variance = sigma[dependent * d + dependent];
  throw new ComponentCollapseError(
    component,
    dependent > 0
      ? `has a covariance that is not positive definite (column ${dependent} depends on those before it)`
      : `has a variance of ${variance} in column ${dependent}`,
    2 * LEAST_PIVOT * variance,
  );
}

/** The Cholesky factor, or the column at which there is none. */
function factorOf(sigma: Float64Array, d: number): Float64Array | number {
  try {
    return cholesky(sigma, d);
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return error.pivot;
    throw error;
  }
}

/** The first column of which too little is left beside those before it, or -1. */
function dependentColumn(factor: Float64Array, sigma: Float64Array, d: number): number {
  for (let j = 0; j < d; j++) {
    if (!(factor[j * d + j] ** 2 >= LEAST_PIVOT * sigma[j * d + j])) return j;
  }
  return -1;
}
