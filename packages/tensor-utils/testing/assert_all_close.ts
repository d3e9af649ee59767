import { AssertionError } from "node:assert";

/** How far numbers may be apart: |actual − expected| ≤ atol + rtol·|expected|. */
export interface Tolerance {
  /** Relative tolerance, 1e-6 unless given. */
  rtol?: number;
  /** Absolute tolerance, 0 unless given. */
  atol?: number;
}

/**
 * Asserts that two arrays hold the same numbers within a tolerance, and names the worst index if not.
 *
 * @param actual What was computed.
 * @param expected What it should be.
 * @param tolerance How far apart they may be.
 * @throws {AssertionError} If the lengths differ or an element is too far off.
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
