import type { Scores } from "./scores.ts";
import { type SeparationCurve, separationCurve } from "./separation_curve.ts";

/**
 * The lowest error a single threshold can reach when in-distribution and OOD rows are equally likely:
 * min over thresholds of (share of in-distribution rejected + share of OOD accepted) / 2. It picks the threshold
 * with the OOD scores in hand, so it measures separation; it is not the error of a calibrated detector.
 *
 * @example
 * ```ts
 * import { detectionError } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(detectionError([3, 2], [1, 0]), 0);
 * assert.equal(detectionError([1, 1], [1, 1]), 0.5);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @returns A number in [0, 0.5].
 * @throws {RangeError} If one of them is empty or has a score that is not finite.
 */
export function detectionError(idScores: Scores, oodScores: Scores): number {
  return detectionErrorOf(separationCurve(idScores, oodScores));
}

/** {@link detectionError} of a curve that is there already. */
export function detectionErrorOf(curve: SeparationCurve): number {
  const { idAccepted, oodAccepted, idCount, oodCount } = curve;
  let lowest = 0.5;
  for (let t = 0; t < idAccepted.length; t++) {
    const missed = (idCount - idAccepted[t]) / idCount;
    lowest = Math.min(lowest, (missed + oodAccepted[t] / oodCount) / 2);
  }
  return lowest;
}
