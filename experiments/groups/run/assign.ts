import type { KMeansModel } from "@mixtape/clustering";
import type { GaussianMixtureModel } from "@mixtape/mixture";
import type { HostMatrix } from "@mixtape/tensor-utils";

/** The answer of a clustering for each row. */
export interface ClusterAnswers {
  /** Number of its cluster, from 1. */
  readonly cluster: Int32Array;
  /** Distance from the centroid, in the space of the prepared rows. */
  readonly cluster_distance: Float64Array;
}

/** The answer of a mixture for each row. */
export interface MixtureAnswers {
  /** Number of its most probable component, from 1. */
  readonly component: Int32Array;
  /** Probability of that component. */
  readonly responsibility: Float64Array;
  /** Log-density, in nats. */
  readonly log_density: Float64Array;
}

/**
 * Assigns rows to clusters.
 *
 * @param model The clusters.
 * @param x Prepared rows, shape [n, d].
 */
export async function answerByClusters(
  model: KMeansModel,
  x: HostMatrix,
): Promise<ClusterAnswers> {
  const labels = await model.predict(x);
  const { values: centroids, shape: [, d] } = model.centroids;
  const distances = Float64Array.from(labels, (label, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (x.values[i * d + j] - centroids[label * d + j]) ** 2;
    return Math.sqrt(sum);
  });
  return { cluster: labels.map((label) => label + 1), cluster_distance: distances };
}

/**
 * Scores rows by a mixture.
 *
 * @param model The mixture.
 * @param x Rows in its space, shape [n, k].
 */
export async function answerByMixture(
  model: GaussianMixtureModel,
  x: HostMatrix,
): Promise<MixtureAnswers> {
  const { values, shape: [n, k] } = await model.responsibilities(x);
  const component = new Int32Array(n);
  const responsibility = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      if (values[i * k + c] <= responsibility[i]) continue;
      responsibility[i] = values[i * k + c];
      component[i] = c + 1;
    }
  }
  return { component, responsibility, log_density: await model.logDensity(x) };
}
