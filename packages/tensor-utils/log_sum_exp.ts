/**
 * Returns the logarithm of a sum of exponentials, without overflow or underflow.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { logSumExp } from "@mixtape/tensor-utils";
 *
 * assert.equal(logSumExp([-1000, -1000]), -1000 + Math.log(2));
 * ```
 *
 * @param values The exponents; −∞ counts as a zero term.
 * @param start Index of the first exponent.
 * @param end Index after the last exponent.
 * @returns log Σ exp(values); −∞ for no values.
 */
export function logSumExp(values: ArrayLike<number>, start = 0, end = values.length): number {
  let max = -Infinity;
  for (let i = start; i < end; i++) if (values[i] > max) max = values[i];
  if (max === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = start; i < end; i++) sum += Math.exp(values[i] - max);
  return max + Math.log(sum);
}
