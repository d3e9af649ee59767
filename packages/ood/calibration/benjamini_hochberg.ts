import { ascendingOrder, checkNumber, givenOptions } from "@mixtape/tensor-utils";
import { checkedScores, type Scores } from "../measures/scores.ts";

/** Options of {@link benjaminiHochberg}. */
export interface DiscoveryOptions {
  /** False discovery rate to stay below, between 0 and 1; 0.1 by default. */
  readonly rate?: number;
}

/** Rows of a batch that are called out-of-distribution. */
export interface Discoveries {
  /** 1 for each row called OOD, 0 for the others. */
  readonly rejected: Uint8Array;
  /**
   * Adjusted p-values: the smallest rate at which each row would be called OOD. A row is called OOD
   * exactly if its adjusted p-value is at most the rate.
   */
  readonly adjusted: Float64Array;
  /** Number of rows called OOD. */
  readonly count: number;
}

/**
 * Calls rows of a batch out-of-distribution so that, on average, at most a given share of the calls
 * is false (for p-values that are independent or positively dependent, as conformal ones are). O(n).
 *
 * A p-value that meets its bound is included. Conformal p-values lie exactly on such bounds, so p·n
 * ≤ rate·rank also counts as met if the two differ by no more than the rounding of numbers such as
 * 0.1.
 *
 * @example
 * ```ts
 * import { benjaminiHochberg } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const { rejected, count } = benjaminiHochberg([0.01, 0.9, 0.03, 0.5], { rate: 0.1 });
 * assert.deepEqual([...rejected], [1, 0, 1, 0]);
 * assert.equal(count, 2);
 * ```
 *
 * @param pValues One p-value per row, in [0, 1].
 * @param options The false discovery rate.
 * @throws {RangeError} If there are no p-values, or one is outside [0, 1].
 * @see Benjamini & Hochberg (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
 */
export function benjaminiHochberg(pValues: Scores, options?: DiscoveryOptions): Discoveries {
  const given = givenOptions(options, { rate: true }, "benjaminiHochberg");
  const rate = checkNumber(given.rate ?? 0.1, "rate", { min: 0, max: 1 });
  const p = checkedScores(pValues, "p-values");
  const outside = p.findIndex((value) => value < 0 || value > 1);
  if (outside !== -1) {
    throw new RangeError(
      `Cannot use the p-value ${p[outside]} of row ${outside}: it must be between 0 and 1`,
    );
  }
  const order = ascendingOrder(p); // sorts p too
  const m = p.length;
  let count = m;
  while (count > 0 && !isAtMost(p[count - 1] * m, rate * count)) count--;
  const rejected = new Uint8Array(m);
  const adjusted = new Float64Array(m);
  let lowest = 1;
  for (let rank = m; rank >= 1; rank--) {
    const row = order[rank - 1];
    lowest = Math.min(lowest, m / rank * p[rank - 1]);
    if (rank <= count) {
      rejected[row] = 1;
      lowest = Math.min(lowest, rate);
    }
    adjusted[row] = lowest;
  }
  return { rejected, adjusted, count };
}

/**
 * Returns true if a ≤ b, allowing for rounding: a p-value such as 20/200 and a rate such as 0.1 are
 * rounded once when written and again when multiplied by a whole number, each time by at most half
 * an epsilon.
 */
function isAtMost(a: number, b: number): boolean {
  return a <= b * (1 + 3 * Number.EPSILON);
}
