import type { Scores } from "./scores.ts";
import { type AcceptedRows, separationCurve } from "./separation_curve.ts";

/**
 * Returns the area under the precision–recall curve with the in-distribution rows as the positive
 * class, as average precision: Σ (recall step × precision), equal scores grouped, without
 * trapezoids (which are too optimistic). O(n log n).
 *
 * @example
 * ```ts
 * import { auprIn } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(auprIn([3, 1], [2]), (1 + 2 / 3) / 2);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @returns A number in (0, 1]; chance is the share of in-distribution rows.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 * @see Davis & Goadrich (2006), https://doi.org/10.1145/1143844.1143874
 */
export function auprIn(idScores: Scores, oodScores: Scores): number {
  return auprInOf(separationCurve(idScores, oodScores));
}

/**
 * Returns the area under the precision–recall curve with the OOD rows as the positive class, ranked
 * from the lowest score up, as average precision with equal scores grouped. O(n log n).
 *
 * @example
 * ```ts
 * import { auprOut } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(auprOut([3, 1], [2]), 1 / 2);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @returns A number in (0, 1]; chance is the share of OOD rows.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 */
export function auprOut(idScores: Scores, oodScores: Scores): number {
  return auprOutOf(separationCurve(idScores, oodScores));
}

/** Returns the AUPR-in of a curve that is already computed. */
export function auprInOf(curve: AcceptedRows): number {
  const { idAccepted, oodAccepted, idCount } = curve;
  let sum = 0;
  let before = 0;
  for (let t = 0; t < idAccepted.length; t++) {
    const here = idAccepted[t];
    sum += (here - before) * (here / (here + oodAccepted[t]));
    before = here;
  }
  return sum / idCount;
}

/** Returns the AUPR-out of a curve that is already computed. */
export function auprOutOf(curve: AcceptedRows): number {
  const { idAccepted, oodAccepted, idCount, oodCount } = curve;
  let sum = 0;
  for (let t = idAccepted.length - 1; t >= 0; t--) {
    // The rows rejected at and below this threshold are those not accepted at the next higher one.
    const oodAbove = t > 0 ? oodAccepted[t - 1] : 0;
    const idAbove = t > 0 ? idAccepted[t - 1] : 0;
    const caught = oodCount - oodAbove;
    sum += (oodAccepted[t] - oodAbove) * (caught / (caught + idCount - idAbove));
  }
  return sum / oodCount;
}
