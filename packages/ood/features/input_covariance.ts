import type { HostMatrix } from "@mixtape/tensor-utils";
import { columnMeans } from "./column_means.ts";
import { oneGroup } from "./groups.ts";
import { pooledCovariance } from "./moments.ts";

/**
 * The covariance of all columns. Where most values are zero (pixels), it is taken from products of the others alone,
 * E[x xᵀ] − μ μᵀ: nothing cancels then, since the mean cannot be large beside the deviation.
 */
export function inputCovariance(x: HostMatrix, mean: Float64Array): Float64Array {
  const { values, shape: [n, d] } = x;
  let zeros = 0;
  for (let at = 0; at < values.length; at++) if (values[at] === 0) zeros++;
  if (zeros > values.length / 2) return sparseCovariance(x, mean);
  const kept = Uint32Array.from(mean.keys());
  return pooledCovariance(x, { columns: d, kept, normalize: false }, oneGroup(n), mean);
}

function sparseCovariance({ values, shape: [n, d] }: HostMatrix, mean: Float64Array): Float64Array {
  const sum = new Float64Array(d * d);
  const columns = new Uint32Array(d);
  for (let i = 0; i < n; i++) {
    const row = i * d;
    let count = 0;
    for (let j = 0; j < d; j++) if (values[row + j] !== 0) columns[count++] = j;
    for (let a = 0; a < count; a++) {
      const value = values[row + columns[a]];
      const to = columns[a] * d;
      for (let b = a; b < count; b++) sum[to + columns[b]] += value * values[row + columns[b]];
    }
  }
  for (let j = 0; j < d; j++) {
    for (let p = j; p < d; p++) {
      sum[j * d + p] = sum[j * d + p] / n - mean[j] * mean[p];
      sum[p * d + j] = sum[j * d + p];
    }
  }
  return sum;
}

/** Mean and covariance of all columns. */
export function inputMoments(x: HostMatrix): { mean: Float64Array; covariance: Float64Array } {
  const mean = columnMeans(x);
  return { mean, covariance: inputCovariance(x, mean) };
}
