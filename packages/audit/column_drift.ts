import {
  checkNumber,
  givenOptions,
  hostMatrix,
  type MatrixLike,
  type OptionNames,
  pacer,
  sortedColumn,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { holm } from "./holm.ts";
import { kolmogorovSmirnov } from "./kolmogorov_smirnov.ts";

/** Options of {@linkcode columnDrift}. */
export interface ColumnDriftOptions {
  /**
   * Probability of calling any column moved if none did, above 0 and below 1; 0.05 by default.
   */
  readonly alpha?: number;
  /** Stops the work between two columns; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Comparison of one column of two samples. */
export interface ColumnDrift {
  /**
   * Largest distance between the two empirical distribution functions, from 0 to 1; NaN if one
   * sample has no value in this column.
   */
  readonly statistic: number;
  /** p-value of this column alone, from the test of Kolmogorov and Smirnov; 1 if not tested. */
  readonly pValue: number;
  /** p-value that allows for the number of columns, by Holm's method. */
  readonly adjusted: number;
  /** True if the adjusted p-value is at most alpha. */
  readonly moved: boolean;
}

const names: OptionNames<ColumnDriftOptions> = { alpha: true, signal: true };

/**
 * Tests which columns have another distribution in a second sample, by the test of Kolmogorov and
 * Smirnov per column. If rows are independent and no column moved, any is called moved with a
 * probability of at most `alpha`, however the columns depend on each other (Holm's method). With
 * many rows small moves are found: `statistic` says how large one is. Missing entries are left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnDrift } from "@mixtape/audit";
 *
 * const before = Array.from({ length: 20 }, (_, i) => [i]);
 * const [column] = await columnDrift(before, before.map(([value]) => [value + 10]));
 * assert.equal(column.statistic, 0.5);
 * assert.ok(column.moved && column.pValue < 0.05);
 * ```
 *
 * @param x First sample, shape [n, d], finite, or NaN for missing entries.
 * @param other Second sample, shape [m, d], likewise.
 * @param options The significance level, and a signal that aborts the work.
 * @returns One comparison per column.
 * @throws {TypeError} If a sample is not a matrix, or an option is unknown.
 * @throws {RangeError} If the numbers of columns differ, a value is infinite, or alpha is not
 * between 0 and 1.
 * @see Holm (1979), https://www.jstor.org/stable/4615733
 */
export async function columnDrift(
  x: MatrixLike,
  other: MatrixLike,
  options?: ColumnDriftOptions,
): Promise<ColumnDrift[]> {
  const { alpha = 0.05, signal } = givenOptions(options, names, "columnDrift");
  throwIfAborted(signal);
  checkNumber(alpha, "alpha", { above: 0, max: 1 - Number.EPSILON });
  const [first, second] = await Promise.all([
    hostMatrix(x, "x", { allowNaN: true }, signal),
    hostMatrix(other, "other", { allowNaN: true }, signal),
  ]);
  const d = first.shape[1];
  if (second.shape[1] !== d) {
    throw new RangeError(
      `Cannot compare other with x: it has ${second.shape[1]} columns and x has ${d}, ` +
        `the same columns are needed`,
    );
  }
  const pace = pacer(signal);
  const tests = [];
  for (let column = 0; column < d; column++) {
    const a = await sortedColumn(first, column, signal);
    const b = await sortedColumn(second, column, signal);
    await pace();
    tests.push(await kolmogorovSmirnov(a, b, signal));
  }
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  return tests.map((test, column) => ({
    ...test,
    adjusted: adjusted[column],
    moved: adjusted[column] <= alpha,
  }));
}
