import {
  type Abortable,
  type Float64Matrix,
  givenSignal,
  type HostMatrix,
  hostMatrix,
  inPieces,
  logNormalizer,
  logSumExp,
  type MatrixLike,
  type MixtureFactors,
  pieceSize,
} from "@mixtape/tensor-utils";
import { covarianceAxes, type Covariances } from "./covariance_array.ts";
import { blockOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import { factorize } from "./factors.ts";
import {
  type CheckedParameters,
  checkParameters,
  copyParameters,
  type MixtureParameters,
} from "./parameters.ts";

/** The derivatives of the log-likelihood of a mixture by its parameters. */
export interface MixtureGradient {
  /**
   * Derivative by each weight, length k: Σγ/π. Under the constraint that the weights sum to 1, the likelihood
   * is stationary where these are all equal (to n); `logits` has the derivatives that vanish there.
   */
  readonly weights: Float64Array;
  /** Derivative by each logit of the weights (π = softmax of the logits), length k: Σγ − n·π. */
  readonly logits: Float64Array;
  /** Derivative by each mean, shape [k, d]: Σγ·Σ⁻¹(x−μ). */
  readonly means: Float64Matrix;
  /**
   * Derivative by each covariance, of the same shape: ½·Σγ·(Σ⁻¹(x−μ)(x−μ)ᵀΣ⁻¹ − Σ⁻¹), every element of a
   * matrix taken as a variable of its own; the sum over components that share it, the trace if spherical.
   */
  readonly covariances: Covariances;
}

/**
 * Computes the log-likelihood of a mixture, Σ log Σ π·N(x; μ, Σ), in plain float64: the objective that
 * `gaussianMixture` maximises, for checking it and for small data.
 *
 * @example One standard normal component
 * ```ts
 * import assert from "node:assert/strict";
 * import { mixtureLogLikelihood } from "@mixtape/mixture";
 *
 * const x = { values: new Float64Array([0]), shape: [1, 1] } as const;
 * const standard = { weights: [1], means: [[0]], covariances: [[[1]]] };
 * assert.equal(await mixtureLogLikelihood(x, standard), -Math.log(2 * Math.PI) / 2);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param parameters The mixture, for example a fitted model.
 * @param options A signal that aborts the work.
 * @returns The sum over the rows, in nats.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 */
export async function mixtureLogLikelihood(
  x: MatrixLike,
  parameters: MixtureParameters,
  options?: Abortable,
): Promise<number> {
  const signal = givenSignal(options, "mixtureLogLikelihood");
  const { data, checked } = await checkBoth(x, parameters, signal);
  let sum = 0;
  await forEachRow(data, checked, (joint) => sum += logSumExp(joint), signal);
  return sum;
}

/**
 * Computes the gradient of {@link mixtureLogLikelihood} by its closed form, in plain float64.
 *
 * @example At the mean of the data the gradient by the mean vanishes
 * ```ts
 * import assert from "node:assert/strict";
 * import { mixtureLogLikelihoodGradient } from "@mixtape/mixture";
 *
 * const x = { values: new Float64Array([1, 3]), shape: [2, 1] } as const;
 * const parameters = { weights: [1], means: [[2]], covariances: [[[1]]] };
 * const gradient = await mixtureLogLikelihoodGradient(x, parameters);
 * assert.equal(gradient.means.values[0], 0);
 * assert.equal(gradient.covariances.values[0], 0);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param parameters The mixture, for example a fitted model.
 * @param options A signal that aborts the work.
 * @returns The derivatives by weights, means and covariances.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 * @see Petersen & Pedersen (2012), The Matrix Cookbook, section 8
 */
export async function mixtureLogLikelihoodGradient(
  x: MatrixLike,
  parameters: MixtureParameters,
  options?: Abortable,
): Promise<MixtureGradient> {
  const signal = givenSignal(options, "mixtureLogLikelihoodGradient");
  const { data, checked } = await checkBoth(x, parameters, signal);
  const { components: k, dimensions: d } = checked;
  const counts = new Float64Array(k);
  const means = new Float64Array(k * d);
  const outer = new Float64Array(k * d * d);
  const precisions = Array.from({ length: k }, (_, c) => precisionOf(checked, c));
  await forEachRow(data, checked, (joint, centred) => {
    const total = logSumExp(joint);
    for (let c = 0; c < k; c++) {
      const responsibility = Math.exp(joint[c] - total);
      counts[c] += responsibility;
      const v = multiply(precisions[c], centred[c]);
      for (let i = 0; i < d; i++) {
        means[c * d + i] += responsibility * v[i];
        for (let j = 0; j < d; j++) {
          outer[(c * d + i) * d + j] += responsibility * (v[i] * v[j] - precisions[c][i * d + j]) /
            2;
        }
      }
    }
  }, signal);
  return {
    weights: counts.map((count, c) => count / checked.weights[c]),
    logits: counts.map((count, c) => count - data.shape[0] * checked.weights[c]),
    means: { values: means, shape: [k, d] },
    covariances: {
      values: gatherCovariances(outer, checked),
      shape: covarianceAxes(checked.covariance, k, d),
    },
  };
}

async function checkBoth(
  x: MatrixLike,
  parameters: MixtureParameters,
  signal?: AbortSignal,
): Promise<{ data: HostMatrix; checked: CheckedParameters }> {
  const [copied, data] = await Promise.all([
    copyParameters(parameters, "parameters"),
    hostMatrix(x, "x", {}, signal),
  ]);
  return { data, checked: checkParameters(copied, data.shape[1], "parameters") };
}

/** Calls back for each row with log(π·N) and x − μ of every component, in arrays that are reused. */
async function forEachRow(
  { values, shape: [n, d] }: HostMatrix,
  parameters: CheckedParameters,
  visit: (joint: Float64Array, centred: Float64Array[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  const factors = factorize(parameters);
  const { components: k, means } = parameters;
  const whiteners = Array.from({ length: k }, (_, c) => whitenerOf(factors, parameters, c));
  const joint = new Float64Array(k);
  const centred = Array.from({ length: k }, () => new Float64Array(d));
  // Exponentials and calls take longer than the products of few columns.
  await inPieces(n, pieceSize(k * (d * d + 32)), (start, end) => {
    for (let i = start; i < end; i++) {
      for (let c = 0; c < k; c++) {
        for (let j = 0; j < d; j++) centred[c][j] = values[i * d + j] - means[c * d + j];
        joint[c] = factors.logWeights[c] + logNormal(whiteners[c], centred[c]);
      }
      visit(joint, centred);
    }
  }, signal);
}

function logNormal(whitener: Float64Array, centred: Float64Array): number {
  const d = centred.length;
  let result = logNormalizer(whitener, 0, d, covarianceShapes.full.layout);
  for (let i = 0; i < d; i++) {
    let y = 0;
    for (let j = 0; j <= i; j++) y += whitener[i * d + j] * centred[j];
    result -= y * y / 2;
  }
  return result;
}

/** The precision factor W of a component as a full lower triangle, whatever the shape of the covariances. */
function whitenerOf(
  { precisionFactors: w }: MixtureFactors,
  { covariance, dimensions: d }: CheckedParameters,
  c: number,
): Float64Array {
  const shape = covarianceShapes[covariance];
  return shape.toMatrix(blockOf(w, shape.layout, d, c), d);
}

function precisionOf(parameters: CheckedParameters, c: number): Float64Array {
  const d = parameters.dimensions;
  const w = whitenerOf(factorize(parameters), parameters, c);
  return Float64Array.from({ length: d * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    let sum = 0;
    for (let p = Math.max(i, j); p < d; p++) sum += w[p * d + i] * w[p * d + j];
    return sum;
  });
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const d = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += matrix[i * d + j] * vector[j];
    return sum;
  });
}

function gatherCovariances(
  outer: Float64Array,
  { covariance, covariances, components, dimensions: d }: CheckedParameters,
): Float64Array {
  const shape = covarianceShapes[covariance];
  const gathered = new Float64Array(covariances.length);
  for (let c = 0; c < components; c++) {
    const derivatives = outer.subarray(c * d * d, (c + 1) * d * d);
    shape.addDerivatives(blockOf(gathered, shape.layout, d, c), derivatives, d);
  }
  return gathered;
}
