import { readMatrix } from "../peers/read_array.ts";

/**
 * Computes the sum of squared distances of rows to their nearest centroid, in float64: the same referee for all
 * peers, as some sum in float32.
 *
 * @param x The file of the data.
 * @param centroids Centroids, row by row.
 * @returns The inertia.
 */
export function inertia(x: string, centroids: readonly number[]): number {
  const { values, shape: [n, d] } = readMatrix(x);
  const rows = Float64Array.from(centroids);
  const row = new Float64Array(d);
  let total = 0;
  for (let i = 0; i < n; i++) {
    row.set(values.subarray(i * d, (i + 1) * d));
    let nearest = Infinity;
    for (let first = 0; first < rows.length; first += d) {
      let distance = 0;
      for (let j = 0; j < d; j++) {
        const difference = row[j] - rows[first + j];
        distance += difference * difference;
      }
      if (distance < nearest) nearest = distance;
    }
    total += nearest;
  }
  return total;
}
