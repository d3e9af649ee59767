import type { Scores } from "./scores.ts";
import { type AcceptedRows, separationCurve } from "./separation_curve.ts";

const RATE = 0.95;

/**
 * Returns the share of OOD rows accepted as in-distribution at the highest threshold that still
 * accepts 95% of the in-distribution rows. This is the meaning of FPR95 in Mixtape unless stated
 * otherwise. Low is good. Nothing is interpolated: tied scores are accepted together.
 *
 * @example
 * ```ts
 * import { fprAtIdTpr95 } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(fprAtIdTpr95([4, 3, 2], [1, 2, 5, 0]), 0.5);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 */
export function fprAtIdTpr95(idScores: Scores, oodScores: Scores): number {
  return fprAtIdTpr95Of(separationCurve(idScores, oodScores));
}

/**
 * Returns FPR95 by the other convention: the share of in-distribution rows rejected at the lowest
 * threshold that rejects 95% of the OOD rows (OOD is the positive class, so a false positive is an
 * in-distribution row that raises an alarm). Low is good.
 *
 * @example
 * ```ts
 * import { fprAtOodTpr95 } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(fprAtOodTpr95([4, 3, 2, 1], [1, 2, 0]), 0.5);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 */
export function fprAtOodTpr95(idScores: Scores, oodScores: Scores): number {
  return fprAtOodTpr95Of(separationCurve(idScores, oodScores));
}

/** Returns the {@link fprAtIdTpr95} of a curve that is already computed. */
export function fprAtIdTpr95Of(curve: AcceptedRows): number {
  const { idAccepted, oodAccepted, idCount, oodCount } = curve;
  const t = firstPosition(idAccepted.length, (t) => idAccepted[t] / idCount >= RATE);
  return oodAccepted[t] / oodCount;
}

/** Returns the {@link fprAtOodTpr95} of a curve that is already computed. */
export function fprAtOodTpr95Of(curve: AcceptedRows): number {
  const { idAccepted, oodAccepted, idCount, oodCount } = curve;
  const rejectsFewer = (t: number) => (oodCount - oodAccepted[t]) / oodCount < RATE;
  // The lowest threshold itself accepts all rows, as the next higher one rejects those below it.
  const t = firstPosition(idAccepted.length - 1, rejectsFewer) - 1;
  return t < 0 ? 1 : (idCount - idAccepted[t]) / idCount;
}

/** Returns the first of `count` positions at which something holds that also holds at all later ones. */
function firstPosition(count: number, holds: (position: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
