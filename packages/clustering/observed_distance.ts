import { isSafeSquare, nearestPoint, pacer, pieceSize } from "@mixtape/tensor-utils";
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
export async function nearestObserved(
  entries: MissingEntries,
  centroids: Float64Array,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const [n, d] = entries.x.shape;
  const k = centroids.length / d;
  const labels = new Int32Array(n);
  const pace = pacer(signal);
  const step = pieceSize(centroids.length);
  for (let i = 0; i < n; i++) {
    if (i % step === 0) await pace();
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
