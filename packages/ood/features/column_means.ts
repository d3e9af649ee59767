import type { HostMatrix } from "@mixtape/tensor-utils";

/** Mean of each column, in float64. */
export function columnMeans({ values, shape: [n, d] }: HostMatrix): Float64Array {
  const means = new Float64Array(d);
  for (let at = 0; at < n * d; at += d) {
    for (let j = 0; j < d; j++) means[j] += values[at + j];
  }
  return means.map((sum) => sum / n);
}
