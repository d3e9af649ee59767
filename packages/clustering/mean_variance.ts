import { type LloydStep, rowPieces, type Rows } from "@mixtape/tensor-utils";

/**
 * Returns the mean of the columns' variances, computed in two passes so that nothing cancels. Rows
 * are added up one by one, so that blocks make no difference.
 */
export async function meanVariance(x: Rows, signal?: AbortSignal): Promise<number> {
  const [n, d] = x.shape;
  const means = new Float64Array(d);
  for await (const { x: { values } } of rowPieces(x, signal)) addMeans(values, n, means);
  let sum = 0;
  for await (const { x: { values } } of rowPieces(x, signal)) {
    sum = addSquares(values, means, sum);
  }
  return sum / (n * d);
}

/**
 * Returns the mean of the columns' variances of rows without weights, given the first step of Lloyd's
 * algorithm on them: the inertia, plus what the rows lie farther from their mean than from their
 * centroids, Σ (c − m)·(2 s − n (c + m)) with the sum s of the n rows of each centroid c.
 */
export function varianceOfStep(
  { sums, counts, inertia }: LloydStep,
  centroids: Float64Array,
): number {
  const k = counts.length;
  const d = sums.length / k;
  const n = counts.reduce((total, count) => total + count, 0);
  const mean = new Float64Array(d);
  for (let at = 0; at < k * d; at++) mean[at % d] += sums[at] / n;
  let total = inertia;
  for (let j = 0, at = 0; j < k; j++) {
    const count = counts[j];
    for (let p = 0; p < d; p++, at++) {
      const apart = centroids[at] - mean[p];
      // s − n c and n (c − m), whose digits do not cancel far from 0.
      total += apart * (2 * (sums[at] - count * centroids[at]) + count * apart);
    }
  }
  return Math.max(0, total) / (n * d);
}

/** Adds each value, divided by n, to that of its column. */
function addMeans(values: ArrayLike<number>, n: number, means: Float64Array): void {
  const d = means.length;
  const end = values.length;
  for (let at = 0; at < end; at += d) {
    for (let p = 0; p < d; p++) means[p] += values[at + p] / n;
  }
}

/** Returns a sum to which the squared deviations from the means were added. */
function addSquares(values: ArrayLike<number>, means: Float64Array, sum: number): number {
  const d = means.length;
  const end = values.length;
  for (let at = 0; at < end; at += d) {
    for (let p = 0; p < d; p++) sum += (values[at + p] - means[p]) ** 2;
  }
  return sum;
}
