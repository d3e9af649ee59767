import type { Interval } from "@mixtape/results";

/** The outcome of a comparison of two numbers: the first is less or more than the second, or no difference is shown. */
export type Compared = "less" | "more" | "open";

/**
 * Compares what was measured in several runs each: it differs only where the runs of one side all lie on one side of
 * those of the other, and there are two of each at least.
 *
 * @param a Values of the runs of one side, at least 1.
 * @param b Values of the runs of the other side, at least 1.
 */
export function compareRuns(a: readonly number[], b: readonly number[]): Compared {
  if (a.length < 2 || b.length < 2) return "open";
  if (Math.max(...a) < Math.min(...b)) return "less";
  return Math.min(...a) > Math.max(...b) ? "more" : "open";
}

/**
 * Compares two numbers by their intervals: they differ only where these do not overlap, which is cautious.
 *
 * @param a Interval of one number; null if it has none.
 * @param b Interval of the other.
 */
export function compareIntervals(a: Interval | null, b: Interval | null): Compared {
  if (a === null || b === null) return "open";
  if (a.high < b.low) return "less";
  return a.low > b.high ? "more" : "open";
}

/**
 * Returns true if a choice among numbers that were tried is the least or the largest of them: a better one may lie
 * beyond.
 *
 * @param choice The choice.
 * @param tried The numbers, at least 1.
 */
export function isAtEdge(choice: number, tried: readonly number[]): boolean {
  return choice === Math.min(...tried) || choice === Math.max(...tried);
}
