import { checkNumber, givenOptions } from "@mixtape/tensor-utils";
import type { Scores } from "../measures/scores.ts";
import { normalCritical } from "./normal_distribution.ts";
import { placements, sampleCovariance } from "./placements.ts";

/** An AUROC with its uncertainty. */
export interface AurocInterval {
  /** The AUROC. */
  readonly auroc: number;
  /** DeLong's standard error. */
  readonly standardError: number;
  /** Lower end of the interval, in [0, 1]. */
  readonly low: number;
  /** Upper end of the interval, in [0, 1]. */
  readonly high: number;
}

/** Options of {@link aurocInterval}. */
export interface IntervalOptions {
  /** Coverage of the interval, between 0 and 1; 0.95 by default. */
  readonly level?: number;
}

/**
 * Returns the AUROC with DeLong's standard error and a confidence interval, O(n log n).
 *
 * The interval is symmetric on the logit scale, so that it stays within 0 and 1 and has its
 * coverage near 1 too. If the classes separate perfectly, the standard error is 0 and carries no
 * information; the open end is then the AUROC below which so many rows would all have been
 * separated only with probability (1 − level) / 2, counting the rows of the smaller class.
 *
 * @example
 * ```ts
 * import { aurocInterval } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const { auroc, low, high } = aurocInterval([5, 4, 3, 6, 2, 7], [1, 2, 3, 0]);
 * assert.ok(low < auroc && auroc < high && high < 1);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @param options Coverage of the interval.
 * @throws {RangeError} If either set is empty, a score is not finite, or the level is not between 0
 * and 1.
 * @see DeLong, DeLong & Clarke-Pearson (1988), https://doi.org/10.2307/2531595
 */
export function aurocInterval(
  idScores: Scores,
  oodScores: Scores,
  options?: IntervalOptions,
): AurocInterval {
  const given = givenOptions(options, { level: true }, "aurocInterval");
  const level = checkLevel(given.level);
  const { auroc, ofId, ofOod } = placements(idScores, oodScores);
  const variance = sampleCovariance(ofId, ofId) / ofId.length +
    sampleCovariance(ofOod, ofOod) / ofOod.length;
  const standardError = Math.sqrt(variance);
  if (auroc === 0 || auroc === 1) {
    const open = ((1 - level) / 2) ** (1 / Math.min(ofId.length, ofOod.length));
    return auroc === 1
      ? { auroc, standardError, low: open, high: 1 }
      : { auroc, standardError, low: 0, high: 1 - open };
  }
  const logit = Math.log(auroc / (1 - auroc));
  const reach = normalCritical(level) * standardError / (auroc * (1 - auroc));
  return { auroc, standardError, low: logistic(logit - reach), high: logistic(logit + reach) };
}

/** Checks the level of an interval, and returns it or the default. */
export function checkLevel(level = 0.95): number {
  checkNumber(level, "level", { above: 0, max: 1 });
  if (level < 1) return level;
  throw new RangeError(
    "Cannot compute an interval of level 1: it would cover everything, level must be < 1",
  );
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
