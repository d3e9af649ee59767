import type { Scores } from "./scores.ts";
import { type SeparationCurve, separationCurve } from "./separation_curve.ts";

/**
 * Returns the lowest error of a single threshold if in-distribution and OOD rows are equally
 * likely: the minimum over thresholds of (share of in-distribution rejected + share of OOD
 * accepted) / 2. The threshold is picked with knowledge of the OOD scores, so this measures
 * separation; it is not the error of a calibrated detector.
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
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 */
export function detectionError(idScores: Scores, oodScores: Scores): number {
  return detectionErrorOf(separationCurve(idScores, oodScores));
}

/** Returns the {@link detectionError} of a curve that is already computed. */
export function detectionErrorOf(curve: SeparationCurve): number {
  const { idAccepted, oodAccepted, idCount, oodCount } = curve;
  let lowest = 0.5;
  for (let t = 0; t < idAccepted.length; t++) {
    const missed = (idCount - idAccepted[t]) / idCount;
    lowest = Math.min(lowest, (missed + oodAccepted[t] / oodCount) / 2);
  }
  return lowest;
}
