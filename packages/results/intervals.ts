import type { z } from "zod";
import { count, magnitude, number, positive, record, share } from "./checks.ts";

/** A confidence interval. */
export interface Interval {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
  /** Confidence level, such as 0.95. */
  readonly level: number;
}

/** The schema of an {@link Interval}. */
export const interval: z.ZodType<Interval> = record<Interval>({
  low: number,
  high: number,
  level: share,
}, "Interval");

/** The share of trials that succeeded, with its confidence interval. */
export interface Proportion {
  /** `successes / trials`. */
  readonly value: number;
  /** Number of trials that succeeded. */
  readonly successes: number;
  /** Number of trials. */
  readonly trials: number;
  /** Wilson score interval. */
  readonly interval: Interval;
}

/** The schema of a {@link Proportion}. */
export const proportion: z.ZodType<Proportion> = record<Proportion>({
  value: share,
  successes: count,
  trials: positive,
  interval,
}, "Proportion");

/** The mean and standard deviation of values. */
export interface Spread {
  /** Mean. */
  readonly mean: number;
  /** Standard deviation. */
  readonly standardDeviation: number;
}

/** The schema of a {@link Spread}. */
export const spread: z.ZodType<Spread> = record<Spread>({
  mean: number,
  standardDeviation: magnitude,
}, "Spread");
