import {
  checkNumber,
  checkOnePerRow,
  compactLabels,
  describeValue,
  givenOptions,
  isNumeric,
  type Label,
  type OptionNames,
} from "@mixtape/tensor-utils";
import { holm } from "./holm.ts";

/** Options of {@linkcode failingGroups}. */
export interface FailingGroupsOptions {
  /** Probability of naming any group if all fail alike, above 0 and below 1; 0.05 by default. */
  readonly alpha?: number;
}

/** Comparison of a group of rows with all others. */
export interface FailingGroup<L extends Label = Label> {
  /** The group. */
  readonly group: L;
  /** Number of rows in the group. */
  readonly rows: number;
  /** Number of them that fail. */
  readonly failures: number;
  /** Share of the other rows that fail; NaN if there are none. */
  readonly elsewhere: number;
  /** p-value of this group alone, by Fisher's exact test, one-sided. */
  readonly pValue: number;
  /** p-value that allows for the number of groups, by Holm's method. */
  readonly adjusted: number;
  /** True if the adjusted p-value is at most alpha: more rows fail than elsewhere. */
  readonly fails: boolean;
}

const names: OptionNames<FailingGroupsOptions> = { alpha: true };

/**
 * Tests in which groups of rows more fail than elsewhere, by Fisher's exact test per group. If rows
 * fail independently of their group, any group is named with a probability of at most `alpha`.
 * Groups must not be chosen by which rows fail: clusters of the rows are such groups.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { failingGroups } from "@mixtape/audit";
 *
 * const groups = Array.from({ length: 60 }, (_, i) => i < 20 ? "night" : "day");
 * const failures = groups.map((group, i) => i % (group === "night" ? 2 : 10) === 0);
 * const [day, night] = failingGroups(groups, failures);
 * assert.deepEqual([night.failures, night.rows, night.fails], [10, 20, true]);
 * assert.ok(!day.fails && night.elsewhere === 0.1);
 * ```
 *
 * @param groups The group of each row: numbers, big integers, strings or booleans.
 * @param failures True for each row that fails, such as one that is classified wrongly.
 * @param options The significance level.
 * @returns One comparison per group, in the ascending order of the groups.
 * @throws {TypeError} If groups are of several kinds, or an option is unknown.
 * @throws {RangeError} If there is not one failure or success per row, or alpha is not between 0
 * and 1.
 * @see Fisher (1922), https://doi.org/10.2307/2340521
 */
export function failingGroups<L extends Label>(
  groups: ArrayLike<L>,
  failures: ArrayLike<boolean>,
  options?: FailingGroupsOptions,
): FailingGroup<L>[] {
  const { alpha = 0.05 } = givenOptions(options, names, "failingGroups");
  checkNumber(alpha, "alpha", { above: 0, max: 1 - Number.EPSILON });
  const { codes, values } = compactLabels(groups);
  if (!isNumeric(failures)) {
    throw new TypeError(
      `Cannot use failures: ${describeValue(failures)} was given, ` +
        `an array with true or false for each row is needed`,
    );
  }
  checkOnePerRow(failures, codes.length, "failures");
  const rows = new Uint32Array(values.length);
  const failed = new Uint32Array(values.length);
  codes.forEach((code, row) => {
    rows[code]++;
    if (failures[row]) failed[code]++;
  });
  const n = codes.length;
  const all = failed.reduce((sum, count) => sum + count, 0);
  const tail = hypergeometricTail(n, all);
  const pValues = Array.from(rows, (count, code) => tail(count, failed[code]));
  const adjusted = holm(pValues);
  return values.map((group, code) => ({
    group,
    rows: rows[code],
    failures: failed[code],
    elsewhere: (all - failed[code]) / (n - rows[code]),
    pValue: pValues[code],
    adjusted: adjusted[code],
    fails: adjusted[code] <= alpha,
  }));
}

/**
 * Returns the probability that, of n rows with so many failures, a random group of some rows has at
 * least so many of them.
 */
function hypergeometricTail(n: number, failures: number) {
  const logFactorials = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) logFactorials[i] = logFactorials[i - 1] + Math.log(i);
  const logChoose = (a: number, b: number) =>
    logFactorials[a] - logFactorials[b] - logFactorials[a - b];
  return (rows: number, least: number): number => {
    const total = logChoose(n, rows);
    let sum = 0;
    // From the largest number down, so that small terms are added first.
    for (let count = Math.min(rows, failures); count >= least; count--) {
      if (rows - count > n - failures) break;
      sum += Math.exp(
        logChoose(failures, count) + logChoose(n - failures, rows - count) - total,
      );
    }
    return Math.min(1, sum);
  };
}
