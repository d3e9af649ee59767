import { isSafeSquare, nearestPoint } from "@mixtape/tensor-utils";
import type { MissingEntries } from "./missing_entries.ts";

/** Returns Σ (x − centroid)² over the observed entries of row `i`. */
export function observedDistance(
  { x, missing }: MissingEntries,
  i: number,
  centroids: Float64Array,
  cluster: number,
): number {
  const [, d] = x.shape;
  let sum = 0;
  for (let p = 0; p < d; p++) {
    if (missing[i * d + p]) continue;
    const difference = x.values[i * d + p] - centroids[cluster * d + p];
    sum += difference * difference;
  }
  return sum;
}

/**
 * Returns the centroid nearest to each row in its observed entries, the lowest one in case of a
 * tie; a row without observed entries gets centroid 0.
 */
export function nearestObserved(entries: MissingEntries, centroids: Float64Array): Int32Array {
  const [n, d] = entries.x.shape;
  const k = centroids.length / d;
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let closest = Infinity;
    for (let j = 0; j < k; j++) {
      const distance = observedDistance(entries, i, centroids, j);
      if (distance >= closest) continue;
      closest = distance;
      labels[i] = j;
    }
    if (isSafeSquare(closest)) continue;
    const [from, to] = [i * d, (i + 1) * d];
    const row = entries.x.values.subarray(from, to);
    labels[i] = nearestPoint(row, centroids, entries.missing.subarray(from, to)).label;
  }
  return labels;
}

/**
 * Returns the sum over rows of the squared distance to their own centroid in observed entries, the
 * objective of k-POD.
 */
export function observedInertia(
  entries: MissingEntries,
  centroids: Float64Array,
  labels: Int32Array,
): number {
  return labels.reduce((sum, label, i) => sum + observedDistance(entries, i, centroids, label), 0);
}

/**
 * Returns the mean of each cluster's observed entries, column by column; `otherwise` for a column
 * in which a cluster has none.
 */
export function observedCentroids(
  { x, missing }: MissingEntries,
  labels: Int32Array,
  otherwise: Float64Array,
): Float64Array {
  const [, d] = x.shape;
  const sums = new Float64Array(otherwise.length);
  const counts = new Uint32Array(otherwise.length);
  labels.forEach((label, i) => {
    for (let p = 0; p < d; p++) {
      if (missing[i * d + p]) continue;
      sums[label * d + p] += x.values[i * d + p];
      counts[label * d + p]++;
    }
  });
  return sums.map((sum, index) => counts[index] === 0 ? otherwise[index] : sum / counts[index]);
}
