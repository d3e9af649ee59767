import { rowBlocks, type Rows } from "@mixtape/tensor-utils";

/**
 * Returns the mean of the columns' variances, computed in two passes so that nothing cancels. Rows
 * are added up one by one, so that blocks make no difference.
 */
export async function meanVariance(x: Rows, signal?: AbortSignal): Promise<number> {
  const [n, d] = x.shape;
  const means = new Float64Array(d);
  for await (const { x: { values } } of rowBlocks(x, signal)) addMeans(values, n, means);
  let sum = 0;
  for await (const { x: { values } } of rowBlocks(x, signal)) {
    sum = addSquares(values, means, sum);
  }
  return sum / (n * d);
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
