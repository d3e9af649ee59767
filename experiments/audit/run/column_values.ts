import type { HostMatrix } from "@mixtape/tensor-utils";

/** Returns the values of a column in the order of the rows, those that are missing left out. */
export function valuesOf({ values, shape: [n, d] }: HostMatrix, column: number): Float64Array {
  const all = Float64Array.from({ length: n }, (_, row) => values[row * d + column]);
  return all.filter((value) => !Number.isNaN(value));
}

/** Returns the median of numbers, at least one. */
export function medianOf(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low + (high - low) / 2;
}
