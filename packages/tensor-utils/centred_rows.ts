import type { HostMatrix } from "./matrix.ts";

/**
 * Subtracts the mean of each column.
 *
 * @param x Data, shape [n, d].
 * @param means d numbers.
 * @returns The n × d differences, in float64.
 */
export function centredRows(
  { values, shape: [n, d] }: HostMatrix,
  means: Float64Array,
): Float64Array {
  const result = new Float64Array(n * d);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) result[i + j] = values[i + j] - means[j];
  }
  return result;
}
