import { ascendingOrder, checkNumber, numberArray } from "@mixtape/tensor-utils";

/**
 * Adjusts p-values for their number by Holm's method. If the hypotheses whose adjusted p-value is
 * at most a level are rejected, the probability of rejecting any true one is at most that level,
 * however the tests depend on each other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { holm } from "@mixtape/audit";
 *
 * assert.deepEqual([...holm([0.25, 0.0625, 1])], [0.5, 0.1875, 1]);
 * ```
 *
 * @param pValues One p-value per hypothesis, from 0 to 1.
 * @returns The adjusted p-values, in the same order: never smaller than those given, at most 1.
 * @throws {RangeError} If a p-value is not between 0 and 1.
 * @see Holm (1979), https://www.jstor.org/stable/4615733
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const given = numberArray(pValues, "pValues");
  const outside = given.findIndex((value) => !(value >= 0 && value <= 1));
  if (outside !== -1) checkNumber(given[outside], `pValues[${outside}]`, { min: 0, max: 1 });
  return adjustedAmong(given, given.length);
}

/**
 * Adjusts some of the p-values of a number of tests, as {@linkcode holm} does all of them.
 *
 * @param pValues Those that are not 1, from 0 to 1, at least.
 * @param tests Number of all tests.
 */
export function adjustedAmong(pValues: Float64Array, tests: number): Float64Array {
  const sorted = pValues.slice();
  const adjusted = new Float64Array(pValues.length);
  let highest = 0;
  ascendingOrder(sorted).forEach((at, rank) => {
    highest = Math.max(highest, Math.min(1, (tests - rank) * sorted[rank]));
    adjusted[at] = highest;
  });
  return adjusted;
}
