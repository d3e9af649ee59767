import type { HostMatrix } from "@mixtape/operations";

/**
 * Returns the squared distance between row `i` of one matrix and row `j` of another, in float64.
 *
 * @param a Values of the one matrix, d columns.
 * @param b Values of the other, d columns.
 */
export function squaredDistance(
  a: HostMatrix["values"],
  i: number,
  b: HostMatrix["values"],
  j: number,
  d: number,
): number {
  let sum = 0;
  for (let p = 0; p < d; p++) {
    const difference = a[i * d + p] - b[j * d + p];
    sum += difference * difference;
  }
  return sum;
}
