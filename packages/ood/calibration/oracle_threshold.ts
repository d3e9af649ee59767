import { errorAt, lowestErrorOf } from "../measures/detection_error.ts";
import type { Scores } from "../measures/scores.ts";
import { separationCurve } from "../measures/separation_curve.ts";

/**
 * Returns the threshold with the lowest {@link detectionError}. It is an oracle: it looks at OOD
 * scores, which nobody has when a threshold must be chosen. Use it only for comparison with {@link
 * calibrateThreshold}.
 *
 * @example
 * ```ts
 * import { oracleThreshold } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(oracleThreshold([5, 4, 3], [1, 2]), 3);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @returns The highest of the best thresholds; rows with score ≥ threshold are accepted.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 */
export function oracleThreshold(idScores: Scores, oodScores: Scores): number {
  const curve = separationCurve(idScores, oodScores);
  const lowest = lowestErrorOf(curve);
  const best = curve.thresholds.findIndex((_, t) => errorAt(curve, t) === lowest);
  return curve.thresholds[Math.max(0, best)];
}
