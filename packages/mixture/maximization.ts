import type { MixtureCovariance, MixtureMoments, Steps } from "@mixtape/tensor-utils";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { CheckedParameters } from "./parameters.ts";

/** Lower limit of the counts, so that a component without points keeps its mean instead of dividing by zero. */
const LEAST_COUNT = 10 * Number.EPSILON;

/**
 * Does the M-step: computes the weights, means and covariances that maximise the expected log-likelihood.
 *
 * The moments are taken about points close to the new means, so that Σ = S/N − δδᵀ subtracts a small term
 * from a large one and loses no digits, as E[x²] − E[x]² would.
 *
 * @param moments Moments of the rows, weighted by the responsibilities.
 * @param about The points that the moments are taken about, k×d.
 * @param covariance The shape of the covariances.
 * @param regularization Number added to every variance, in units of the data squared.
 * @returns The parameters.
 */
export function* maximize(
  moments: MixtureMoments,
  about: Float64Array,
  covariance: MixtureCovariance,
  regularization: number,
): Steps<CheckedParameters> {
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
    covariances: yield* covarianceShapes[covariance].maximize(
      { scatter, counts, shifts, total },
      regularization,
    ),
  };
}
