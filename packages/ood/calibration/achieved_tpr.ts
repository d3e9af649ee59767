import { checkNumber, givenOptions } from "@mixtape/tensor-utils";
import { checkedScores, type Scores } from "../measures/scores.ts";
import type { IntervalOptions } from "../statistics/auroc_interval.ts";
import { wilsonInterval } from "../statistics/wilson_interval.ts";

/** Share of in-distribution rows that a threshold accepts, with its uncertainty. */
export interface AchievedTpr {
  /** Share of rows accepted, from 0 to 1. */
  readonly tpr: number;
  /** Number of rows accepted. */
  readonly accepted: number;
  /** Number of rows. */
  readonly rows: number;
  /** Lower end of Wilson's interval for the share. */
  readonly low: number;
  /** Upper end of Wilson's interval for the share. */
  readonly high: number;
}

/**
 * Measures the share of in-distribution rows that a threshold accepts, on rows that it was not
 * calibrated on.
 *
 * @example
 * ```ts
 * import { achievedTpr } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const { tpr, low, high } = achievedTpr([1, 2, 3, 4], 2);
 * assert.equal(tpr, 0.75);
 * assert.ok(low > 0.25 && high < 0.97);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param threshold Rows with score ≥ threshold are accepted.
 * @param options Coverage of the interval, 0.95 by default.
 * @throws {RangeError} If there are no rows, or a number is not finite.
 * @see Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953
 */
export function achievedTpr(
  idScores: Scores,
  threshold: number,
  options?: IntervalOptions,
): AchievedTpr {
  const { level } = givenOptions(options, { level: true }, "achievedTpr");
  checkNumber(threshold, "threshold");
  const scores = checkedScores(idScores, "in-distribution scores");
  const rows = scores.length;
  const accepted = scores.reduce((count, score) => count + Number(score >= threshold), 0);
  return { tpr: accepted / rows, accepted, rows, ...wilsonInterval(accepted, rows, { level }) };
}
