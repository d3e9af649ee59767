import { AssertionError } from "node:assert";

/** Tolerance of a comparison: |actual − expected| ≤ atol + rtol·|expected|. */
export interface Tolerance {
  /** Relative tolerance, 1e-6 by default. */
  rtol?: number;
  /** Absolute tolerance, 0 by default. */
  atol?: number;
}

/**
 * Asserts that two arrays hold the same numbers within a tolerance, and names the worst index if not.
 *
 * @param actual The computed numbers.
 * @param expected The expected numbers.
 * @param tolerance Tolerance of the comparison.
 * @throws {AssertionError} If the lengths differ or an element is out of tolerance.
 */
export function assertAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { rtol = 1e-6, atol = 0 }: Tolerance = {},
): void {
  if (actual.length !== expected.length) {
    throw new AssertionError({
      message: `${actual.length} numbers were computed, ${expected.length} are expected`,
    });
  }
  let worst = -1;
  let worstExcess = 0;
  for (let i = 0; i < actual.length; i++) {
    if (Object.is(actual[i], expected[i]) || actual[i] === expected[i]) continue;
    const excess = Math.abs(actual[i] - expected[i]) - (atol + rtol * Math.abs(expected[i]));
    if (excess <= worstExcess) continue;
    worst = i;
    worstExcess = Number.isNaN(excess) ? Infinity : excess;
  }
  if (worst === -1) return;
  throw new AssertionError({
    message: `Element ${worst} of ${actual.length} is ${actual[worst]}, expected ` +
      `${expected[worst]} (rtol ${rtol}, atol ${atol})`,
    actual: actual[worst],
    expected: expected[worst],
  });
}
