import type { Interval } from "@mixtape/results";

/** The outcome of a comparison of two numbers: the first is less or more than the second, or no difference is shown. */
export type Compared = "less" | "more" | "open";

/** Largest chance at which a difference is called one. */
const significance = 0.05;

/** The other comparisons that the words beside one make. */
export interface ComparisonOptions {
  /** Number of comparisons that are told together, this one included; each is allowed its part of the chance. */
  readonly comparisons?: number;
}

/**
 * Returns true if so many runs can show a difference at all: that all `n` runs of one side lie beyond all `m` of the
 * other, where both are alike, has a chance of 2 in C(n + m, n), and that of any among several comparisons is to be 5%
 * at most (Bonferroni). Alone, 4 runs against 4 or 3 against 5 are the fewest.
 *
 * @param n Runs of one side.
 * @param m Runs of the other side.
 * @param options The other comparisons.
 */
export function runsSuffice(
  n: number,
  m: number,
  { comparisons = 1 }: ComparisonOptions = {},
): boolean {
  let orders = 1;
  for (let i = 1; i <= n; i++) orders *= (m + i) / i;
  return 2 * comparisons <= significance * orders * (1 + 1e-12);
}

/**
 * Compares what was measured in several runs each: it differs only where the runs of one side all lie on one side of
 * those of the other, and there are enough of them that chance alone would rarely part them so (see
 * {@link runsSuffice}). Runs that share a seed are not paired: where a seed moves both sides alike, this is cautious.
 *
 * @param a Values of the runs of one side, at least 1.
 * @param b Values of the runs of the other side, at least 1.
 * @param options The other comparisons.
 */
export function compareRuns(
  a: readonly number[],
  b: readonly number[],
  options?: ComparisonOptions,
): Compared {
  if (!runsSuffice(a.length, b.length, options)) return "open";
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

/** An end of the numbers that were tried. */
export type Edge = "smallest" | "largest";

/**
 * Returns the end of the numbers that were tried which a choice among them is, as a better one may lie beyond it; null
 * if it is none, or the only one.
 *
 * @param choice The choice.
 * @param tried The numbers, at least 1.
 */
export function edgeOf(choice: number, tried: readonly number[]): Edge | null {
  const [least, most] = [Math.min(...tried), Math.max(...tried)];
  if (least === most) return null;
  return choice === least ? "smallest" : choice === most ? "largest" : null;
}
