import {
  checkChoice,
  describeValue,
  hostMatrix,
  type MatrixLike,
  type MixtureCovariance,
  mixtureLength,
  numberArray,
} from "@mixtape/tensor-utils";
import { copyCovariances, covarianceAxes, type CovariancesLike } from "./covariance_array.ts";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceNames, covarianceShapes } from "./covariances/shapes.ts";

/** The parameters of a Gaussian mixture with k components in d dimensions. */
export interface MixtureParameters {
  /** Shape of the covariances; `"full"` by default. */
  readonly covariance?: MixtureCovariance;
  /** Weights of the components, length k, above 0, with sum 1. */
  readonly weights: ArrayLike<number>;
  /** Means of the components, shape [k, d]. */
  readonly means: MatrixLike;
  /**
   * Covariances, in units of the data squared: of shape [k, d, d] for full, [d, d] for tied, [k, d] variances for
   * diagonal, [d] for tied-diagonal, [k] for spherical.
   */
  readonly covariances: CovariancesLike;
}

/** {@link MixtureParameters} with their numbers in a row, which they are checked by and computed with. */
export interface FlatParameters {
  /** Shape of the covariances; `"full"` by default. */
  readonly covariance?: MixtureCovariance;
  /** Weights of the components, length k. */
  readonly weights: ArrayLike<number>;
  /** Means of the components, k×d. */
  readonly means: ArrayLike<number>;
  /** Covariances, in row-major order. */
  readonly covariances: ArrayLike<number>;
}

/** Checked {@link FlatParameters} in float64, with their sizes. */
export interface CheckedParameters {
  /** Shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Number of components k. */
  readonly components: number;
  /** Number of dimensions d. */
  readonly dimensions: number;
  /** Weights of the components, length k. */
  readonly weights: Float64Array;
  /** Means of the components, k×d. */
  readonly means: Float64Array;
  /** Covariances, in row-major order. */
  readonly covariances: Float64Array;
}

/**
 * Checks the parameters of a mixture and copies them.
 *
 * @param parameters The parameters.
 * @param dimensions Number of columns d of the data.
 * @param name Name of the parameters in error messages.
 * @returns The parameters in float64; `factorize` checks that covariances are positive definite.
 * @throws {TypeError} If an array is missing.
 * @throws {RangeError} If lengths do not agree, weights are not a distribution, or a number is not finite.
 */
export function checkParameters(
  parameters: FlatParameters,
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
 * Copies parameters, unless they are tensors, before it returns its promise, and checks their shapes.
 *
 * @param parameters The parameters that the caller gave.
 * @param name Name of the parameters in error messages.
 * @returns The same numbers in float64.
 * @throws {TypeError} If an array is missing or holds no numbers.
 * @throws {RangeError} If shapes do not agree, or a mean is not finite.
 */
export async function copyParameters(
  parameters: MixtureParameters,
  name: string,
): Promise<FlatParameters> {
  if (typeof parameters !== "object" || parameters === null) {
    throw new TypeError(
      `Cannot use ${name}: ${describeValue(parameters)} was given, ` +
        `an object with weights, means and covariances is needed`,
    );
  }
  const { covariance = "full" } = parameters;
  const weights = numberArray(parameters.weights, `${name}.weights`);
  const [means, covariances] = await Promise.all([
    hostMatrix(parameters.means, `${name}.means`),
    copyCovariances(parameters.covariances, `${name}.covariances`),
  ]);
  checkChoice(covariance, `${name}.covariance`, covarianceNames);
  const [k, d] = means.shape;
  if (k !== weights.length) {
    throw new RangeError(
      `Cannot use ${name}.means: its shape is [${k}, ${d}], ${weights.length} rows are needed, ` +
        `one per weight`,
    );
  }
  const axes = covarianceAxes(covariance, k, d);
  if (`${covariances.shape}` !== `${axes}`) {
    throw new RangeError(
      `Cannot use ${name}.covariances: its shape is [${covariances.shape.join(", ")}], ` +
        `[${axes.join(", ")}] is needed for ${covariance} covariances`,
    );
  }
  return { covariance, weights, means: means.values, covariances: covariances.values };
}

/**
 * Counts the free parameters of a mixture, as information criteria do.
 *
 * @param k Number of components.
 * @param d Number of dimensions.
 * @param covariance The shape of the covariances.
 * @returns The number of free parameters in weights, means and covariances.
 */
export function freeParameters(k: number, d: number, covariance: MixtureCovariance): number {
  const shape = covarianceShapes[covariance];
  const blocks = shape.layout.shared ? 1 : k;
  return k - 1 + k * d + blocks * shape.freeParameters(d);
}

function finiteArray(values: unknown, name: string): Float64Array {
  const length = (values as ArrayLike<number> | undefined)?.length;
  if (typeof values !== "object" || typeof length !== "number") {
    throw new TypeError(`Cannot use ${name}: an array of numbers is needed`);
  }
  const array = new Float64Array(values as ArrayLike<number>);
  let bad = 0;
  while (Number.isFinite(array[bad])) bad++;
  if (bad === array.length) return array;
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
