import type { Scores } from "./scores.ts";
import { type AcceptedRows, separationCurve } from "./separation_curve.ts";

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
export function detectionErrorOf(curve: AcceptedRows): number {
  return lowestErrorOf(curve) / (2 * curve.idCount * curve.oodCount);
}

/** Returns the lowest {@link errorAt} of all thresholds, and of one that accepts nothing. */
export function lowestErrorOf(curve: AcceptedRows): number {
  let lowest = curve.idCount * curve.oodCount;
  for (let t = 0; t < curve.idAccepted.length; t++) lowest = Math.min(lowest, errorAt(curve, t));
  return lowest;
}

/**
 * Returns the error at a threshold, times 2 and the numbers of rows of both kinds: an integer, so
 * that rounding prefers none of equally good thresholds.
 */
export function errorAt(
  { idAccepted, oodAccepted, idCount, oodCount }: AcceptedRows,
  t: number,
): number {
  return (idCount - idAccepted[t]) * oodCount + oodAccepted[t] * idCount;
}
