import type { HostMatrix } from "@mixtape/tensor-utils";

/** Returns the mean of the columns' variances, computed in two passes so that nothing cancels. */
export function meanVariance({ values, shape: [n, d] }: HostMatrix): number {
  const means = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < d; p++) means[p] += values[i * d + p] / n;
  }
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < d; p++) sum += (values[i * d + p] - means[p]) ** 2;
  }
  return sum / (n * d);
}
