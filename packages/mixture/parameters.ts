import {
  checkChoice,
  type MixtureCovariance,
  mixtureLength,
  numberArray,
} from "@mixtape/tensor-utils";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceNames, covarianceShapes } from "./covariances/shapes.ts";

/** The parameters of a Gaussian mixture with k components in d dimensions, arrays row by row. */
export interface MixtureParameters {
  /** What `covariances` holds, `"full"` unless given. */
  readonly covariance?: MixtureCovariance;
  /** Weights, k, above 0, with sum 1. */
  readonly weights: ArrayLike<number>;
  /** Means, k×d. */
  readonly means: ArrayLike<number>;
  /**
   * Covariances: full k×d×d, tied d×d, diagonal k×d variances, tied-diagonal d, spherical k; in units of
   * the data squared.
   */
  readonly covariances: ArrayLike<number>;
}

/** {@link MixtureParameters} that were checked, in float64, with their sizes. */
export interface CheckedParameters {
  /** The shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** k. */
  readonly components: number;
  /** d. */
  readonly dimensions: number;
  /** k. */
  readonly weights: Float64Array;
  /** k×d. */
  readonly means: Float64Array;
  /** As {@link MixtureParameters} has it. */
  readonly covariances: Float64Array;
}

/**
 * Checks the parameters of a mixture at the door, and copies them.
 *
 * @param parameters What was given.
 * @param dimensions d, of the data they are for.
 * @param name What error messages call them.
 * @returns The parameters in float64. That covariances are positive definite is found out by factorising.
 * @throws {TypeError} If an array is missing.
 * @throws {RangeError} If lengths do not fit, weights are not a distribution, or a number is not finite.
 */
export function checkParameters(
  parameters: MixtureParameters,
  dimensions: number,
  name: string,
): CheckedParameters {
  const covariance = checkChoice(
    parameters?.covariance ?? "full",
    `${name}.covariance`,
    covarianceNames,
  );
  const weights = finiteArray(parameters?.weights, `${name}.weights`);
  const means = finiteArray(parameters?.means, `${name}.means`);
  const covariances = finiteArray(parameters?.covariances, `${name}.covariances`);
  const components = weights.length;
  checkWeights(weights, `${name}.weights`);
  checkLength(means, components * dimensions, `${name}.means`, "components × columns");
  const shape = covarianceShapes[covariance];
  const length = mixtureLength(shape.layout, components, dimensions);
  checkLength(covariances, length, `${name}.covariances`, `the shape ${covariance}`);
  for (const block of blocksOf(covariances, shape.layout, dimensions)) {
    shape.check(block, dimensions, `${name}.covariances`);
  }
  return { covariance, components, dimensions, weights, means, covariances };
}

/**
 * Copies parameters that are still to be checked, so that later changes of the caller's do not matter.
 *
 * @param parameters What was given.
 * @param name What error messages call them.
 * @returns The same numbers in float64.
 * @throws {TypeError} If an array is missing or holds no numbers.
 */
export function copyParameters(parameters: MixtureParameters, name: string): MixtureParameters {
  return {
    covariance: parameters?.covariance,
    weights: numberArray(parameters?.weights, `${name}.weights`),
    means: numberArray(parameters?.means, `${name}.means`),
    covariances: numberArray(parameters?.covariances, `${name}.covariances`),
  };
}

/**
 * Counts the numbers of a mixture that are free, as information criteria do.
 *
 * @param k Components.
 * @param d Dimensions.
 * @param covariance The shape of the covariances.
 * @returns The free parameters of weights, means and covariances.
 */
export function freeParameters(k: number, d: number, covariance: MixtureCovariance): number {
  const shape = covarianceShapes[covariance];
  const blocks = shape.layout.shared ? 1 : k;
  return k - 1 + k * d + blocks * shape.freeParameters(d);
}

function finiteArray(values: unknown, name: string): Float64Array {
  const length = (values as ArrayLike<number> | undefined)?.length;
  if (typeof values !== "object" || values === null || typeof length !== "number") {
    throw new TypeError(`Cannot use ${name}: an array of numbers is needed`);
  }
  const array = Float64Array.from(values as ArrayLike<number>);
  const bad = array.findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return array;
  throw new RangeError(
    `Cannot use ${name}: element ${bad} is ${array[bad]}, finite numbers are needed`,
  );
}

function checkWeights(weights: Float64Array, name: string): void {
  const bad = weights.findIndex((weight) => weight <= 0);
  if (bad !== -1) {
    throw new RangeError(
      `Cannot use ${name}: element ${bad} is ${weights[bad]}, numbers above 0 are needed`,
    );
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > 1e-6) {
    throw new RangeError(`Cannot use ${name}: their sum is ${sum}, it must be 1`);
  }
}

function checkLength(values: Float64Array, length: number, name: string, why: string): void {
  if (values.length === length) return;
  throw new RangeError(
    `Cannot use ${name}: ${values.length} numbers were given, ${length} are needed for ${why}`,
  );
}
