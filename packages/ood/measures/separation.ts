import { aurocOf } from "./auroc.ts";
import { auprInOf, auprOutOf } from "./average_precision.ts";
import { detectionErrorOf } from "./detection_error.ts";
import { fprAtIdTpr95Of, fprAtOodTpr95Of } from "./false_positive_rates.ts";
import type { Scores } from "./scores.ts";
import { type AcceptedRows, separationCurve } from "./separation_curve.ts";

/**
 * Separation of in-distribution from OOD rows by scores: all measures that need nothing but the two
 * sets of scores.
 */
export interface Separation {
  /** Area under the ROC curve, see {@link auroc}. */
  readonly auroc: number;
  /** Average precision with in-distribution as the positive class, see {@link auprIn}. */
  readonly auprIn: number;
  /** Average precision with OOD as the positive class, see {@link auprOut}. */
  readonly auprOut: number;
  /**
   * Share of OOD rows accepted at the threshold that accepts 95% of the in-distribution rows, see
   * {@link fprAtIdTpr95}.
   */
  readonly fprAtIdTpr95: number;
  /**
   * Share of in-distribution rows rejected at the threshold that rejects 95% of the OOD rows, see
   * {@link fprAtOodTpr95}.
   */
  readonly fprAtOodTpr95: number;
  /** Lowest error of a single threshold at equal priors, see {@link detectionError}. */
  readonly detectionError: number;
}

/**
 * Computes all measures of separation with a single sort of the scores, O(n log n).
 *
 * @example
 * ```ts
 * import { separation } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const { auroc, fprAtIdTpr95 } = separation([5, 4, 3], [2, 1, 3]);
 * assert.equal(auroc, 8.5 / 9);
 * assert.equal(fprAtIdTpr95, 1 / 3);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 */
export function separation(idScores: Scores, oodScores: Scores): Separation {
  return separationOf(separationCurve(idScores, oodScores));
}

/** Computes all measures of a curve that is already computed. */
export function separationOf(curve: AcceptedRows): Separation {
  return {
    auroc: aurocOf(curve),
    auprIn: auprInOf(curve),
    auprOut: auprOutOf(curve),
    fprAtIdTpr95: fprAtIdTpr95Of(curve),
    fprAtOodTpr95: fprAtOodTpr95Of(curve),
    detectionError: detectionErrorOf(curve),
  };
}
