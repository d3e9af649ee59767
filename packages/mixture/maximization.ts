import type { MixtureCovariance, MixtureMoments } from "@mixtape/tensor-utils";
import type { CheckedParameters } from "./parameters.ts";

/** What counts are at least, so that a component without points keeps its mean instead of dividing by zero. */
const LEAST_COUNT = 10 * Number.EPSILON;

/**
 * The M-step: weights, means and covariances that maximise the expected log-likelihood.
 *
 * The moments are taken about means close to the new ones, so that Σ = S/N − δδᵀ subtracts a small term
 * from a large one, and no digits are lost as in E[x²] − E[x]².
 *
 * @param moments Moments under the responsibilities.
 * @param about The means that they are taken about, k×d.
 * @param covariance The shape of the covariances.
 * @param regularization Added to every variance, in units of the data squared.
 * @returns The parameters.
 */
export function maximize(
  moments: MixtureMoments,
  about: Float64Array,
  covariance: MixtureCovariance,
  regularization: number,
): CheckedParameters {
  const { sums } = moments;
  const counts = moments.counts.map((count) => Math.max(count, LEAST_COUNT));
  const components = counts.length;
  const dimensions = about.length / components;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shifts = sums.map((sum, i) => sum / counts[Math.floor(i / dimensions)]);
  return {
    covariance,
    components,
    dimensions,
    weights: counts.map((count) => count / total),
    means: about.map((mean, i) => mean + shifts[i]),
    covariances: covariancesOf[covariance]({ ...moments, counts }, shifts, total, regularization),
  };
}

type CovarianceRule = (
  moments: MixtureMoments,
  shifts: Float64Array,
  total: number,
  regularization: number,
) => Float64Array;

const covariancesOf: Record<MixtureCovariance, CovarianceRule> = {
  full({ scatter, counts }, shifts, _total, regularization) {
    const d = shifts.length / counts.length;
    const covariances = new Float64Array(scatter.length);
    counts.forEach((count, c) => {
      const shift = shifts.subarray(c * d, c * d + d);
      const matrix = covariances.subarray(c * d * d, (c + 1) * d * d);
      matrix.set(scatter.subarray(c * d * d, (c + 1) * d * d));
      subtractOuter(matrix, shift, count);
      finish(matrix, count, d, regularization);
    });
    return covariances;
  },

  tied({ scatter, counts }, shifts, total, regularization) {
    const d = shifts.length / counts.length;
    const covariance = scatter.slice();
    counts.forEach((count, c) =>
      subtractOuter(covariance, shifts.subarray(c * d, c * d + d), count)
    );
    finish(covariance, total, d, regularization);
    return covariance;
  },

  diagonal({ scatter, counts }, shifts, _total, regularization) {
    const d = shifts.length / counts.length;
    return scatter.map((value, at) =>
      Math.max(0, value / counts[Math.floor(at / d)] - shifts[at] ** 2) + regularization
    );
  },

  spherical({ scatter, counts }, shifts, _total, regularization) {
    const d = shifts.length / counts.length;
    return scatter.map((value, c) => {
      const shift = shifts.subarray(c * d, c * d + d).reduce((sum, s) => sum + s * s, 0);
      return Math.max(0, value / counts[c] - shift) / d + regularization;
    });
  },
};

function subtractOuter(matrix: Float64Array, vector: Float64Array, weight: number): void {
  const d = vector.length;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) matrix[i * d + j] -= weight * (vector[i] * vector[j]);
  }
}

function finish(matrix: Float64Array, count: number, d: number, regularization: number): void {
  for (let at = 0; at < matrix.length; at++) matrix[at] /= count;
  for (let j = 0; j < d; j++) matrix[j * d + j] += regularization;
}
