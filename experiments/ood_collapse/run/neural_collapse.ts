import { type HostMatrix, symmetricEigen } from "@mixtape/tensor-utils";
import { meanAndDeviation } from "../../run/statistics.ts";

/** Measures of neural collapse: of the degree to which activations have shrunk to one point per class. */
export interface NeuralCollapse {
  /** trace(S_W · pinv(S_B)) / classes: 0 when every class is a point. */
  readonly withinOverBetween: number;
  /** Standard deviation over mean of the lengths of the centred class means. */
  readonly meanLengthVariation: number;
  /** Standard deviation of the cosines between centred class means. */
  readonly angleVariation: number;
}

/**
 * Measures neural collapse: the variability within classes, and how far class means are from a simplex
 * whose corners are equally long and equally apart.
 *
 * @param x Activations, shape [n, d].
 * @param labels The class of each row.
 * @param classes Number of classes, each of which has a row.
 * @returns The measures, 0 at full collapse.
 * @see Papyan, Han & Donoho (2020), https://doi.org/10.1073/pnas.2015509117
 */
export function neuralCollapse(x: HostMatrix, labels: Int32Array, classes: number): NeuralCollapse {
  const means = classMeans(x, labels, classes);
  const centred = centre(means, x.shape[1]);
  const lengths = centred.map((mean) => Math.hypot(...mean));
  const { mean, standardDeviation } = meanAndDeviation(lengths);
  const cosines = centred.flatMap((a, i) =>
    centred.slice(i + 1).map((b, j) => dot(a, b) / (lengths[i] * lengths[i + 1 + j] || 1))
  );
  return {
    withinOverBetween: withinOverBetween(x, labels, means, centred),
    meanLengthVariation: mean === 0 ? 0 : standardDeviation / mean,
    angleVariation: meanAndDeviation(cosines).standardDeviation,
  };
}

function classMeans({ values, shape: [n, d] }: HostMatrix, labels: Int32Array, classes: number) {
  const means = Array.from({ length: classes }, () => new Float64Array(d));
  const counts = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    counts[labels[i]]++;
    for (let j = 0; j < d; j++) means[labels[i]][j] += values[i * d + j];
  }
  return means.map((sum, c) => sum.map((value) => value / counts[c]));
}

/** Class means minus the mean of class means. */
function centre(means: readonly Float64Array[], d: number): Float64Array[] {
  const grand = new Float64Array(d);
  for (const mean of means) mean.forEach((value, j) => grand[j] += value / means.length);
  return means.map((mean) => mean.map((value, j) => value - grand[j]));
}

function withinOverBetween(
  { values, shape: [n, d] }: HostMatrix,
  labels: Int32Array,
  means: readonly Float64Array[],
  centred: readonly Float64Array[],
): number {
  const between = new Float64Array(d * d);
  for (const mean of centred) {
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) between[i * d + j] += mean[i] * mean[j] / centred.length;
    }
  }
  const { values: eigenvalues, vectors } = symmetricEigen(between, d);
  // The scatter between classes has rank classes − 1: the pseudo-inverse keeps what is not rounding.
  const kept = eigenvalues.filter((value) => value > 1e-10 * eigenvalues[0]);
  let trace = 0;
  for (let row = 0; row < n; row++) {
    const mean = means[labels[row]];
    kept.forEach((eigenvalue, e) => {
      let projection = 0;
      for (let j = 0; j < d; j++) {
        projection += vectors[e * d + j] * (values[row * d + j] - mean[j]);
      }
      trace += projection * projection / eigenvalue;
    });
  }
  return trace / n / centred.length;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
