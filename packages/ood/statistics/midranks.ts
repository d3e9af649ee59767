import { ascendingOrder } from "@mixtape/tensor-utils";

/**
 * Returns the rank of each value, from 1; equal values share the mean of their ranks. O(n).
 *
 * @example
 * ```ts
 * import { midranks } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...midranks([7, 2, 7, 5])], [3.5, 1, 3.5, 2]);
 * ```
 *
 * @param values Finite numbers.
 * @returns The ranks, in the order of the values.
 */
export function midranks(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values);
  const order = ascendingOrder(sorted);
  const ranks = new Float64Array(sorted.length);
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}
