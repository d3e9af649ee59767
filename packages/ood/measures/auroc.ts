import type { Scores } from "./scores.ts";
import { type AcceptedRows, separationCurve } from "./separation_curve.ts";

/**
 * Returns the area under the ROC curve: the probability that an in-distribution row scores above an
 * OOD row, ties counting half (midranks; the Mann–Whitney statistic). It is the same number
 * whichever class is called positive. O(n log n).
 *
 * @example
 * ```ts
 * import { auroc } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(auroc([3, 2, 1], [0, 1]), 5.5 / 6);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @returns A number in [0, 1]; 0.5 is chance.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 */
export function auroc(idScores: Scores, oodScores: Scores): number {
  return aurocOf(separationCurve(idScores, oodScores));
}

/** Returns the AUROC of a curve that is already computed. */
export function aurocOf(curve: AcceptedRows): number {
  const { idAccepted, oodAccepted, idCount, oodCount } = curve;
  // Twice the number of pairs won: integers, so exact up to 2^53 (67 million rows of each kind).
  let twiceWon = 0;
  let idBefore = 0;
  let oodBefore = 0;
  for (let t = 0; t < idAccepted.length; t++) {
    const oodHere = oodAccepted[t] - oodBefore;
    twiceWon += oodHere * (idBefore + idAccepted[t]);
    idBefore = idAccepted[t];
    oodBefore = oodAccepted[t];
  }
  return twiceWon / (2 * idCount * oodCount);
}
