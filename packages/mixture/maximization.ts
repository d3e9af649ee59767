import type { MixtureCovariance, MixtureMoments } from "@mixtape/tensor-utils";
import { covarianceShapes } from "./covariances/shapes.ts";
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
  const { sums, scatter } = moments;
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
    covariances: covarianceShapes[covariance].maximize(
      { scatter, counts, shifts, total },
      regularization,
    ),
  };
}
