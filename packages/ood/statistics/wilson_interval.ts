import { checkInteger, givenOptions } from "@mixtape/tensor-utils";
import { checkLevel, type IntervalOptions } from "./auroc_interval.ts";
import { normalCritical } from "./normal_distribution.ts";

/** The ends of a confidence interval for a share. */
export interface ShareInterval {
  /** Lower end, in [0, 1]. */
  readonly low: number;
  /** Upper end, in [0, 1]. */
  readonly high: number;
}

/**
 * Returns Wilson's score interval for the share of trials that succeed.
 *
 * @example
 * ```ts
 * import { wilsonInterval } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const { low, high } = wilsonInterval(8, 10);
 * assert.ok(0.49 < low && low < 0.8 && 0.8 < high && high < 0.95);
 * ```
 *
 * @param successes Number of trials that succeeded, 0 ≤ successes ≤ trials.
 * @param trials Number of trials, at least 1.
 * @param options Coverage of the interval, 0.95 by default.
 * @throws {TypeError} If a count is not a number.
 * @throws {RangeError} If a count is not whole or out of range, or the level is not between 0 and 1.
 * @see Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  options?: IntervalOptions,
): ShareInterval {
  const { level } = givenOptions(options, { level: true }, "wilsonInterval");
  checkInteger(trials, "trials", { min: 1 });
  checkInteger(successes, "successes", { min: 0, max: trials });
  const z = normalCritical(checkLevel(level));
  const share = successes / trials;
  const weight = z * z / trials;
  const centre = (share + weight / 2) / (1 + weight);
  const reach = Math.sqrt(share * (1 - share) * weight + weight * weight / 4) / (1 + weight);
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
