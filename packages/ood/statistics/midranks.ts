/**
 * Returns the rank of each value, from 1; equal values share the mean of their ranks. O(n log n).
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
  const order = Uint32Array.from(values, (_, at) => at).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}
