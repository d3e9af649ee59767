import {
  checkInteger,
  checkNumber,
  checkOnePerRow,
  compactLabels,
  givenOptions,
  type Label,
  type OptionNames,
  random,
} from "@mixtape/tensor-utils/host";

/** Options of {@linkcode splitRows}. */
export interface SplitOptions {
  /** Share of the rows in `test`, above 0 and below 1; 0.25 by default. */
  readonly testShare?: number;
  /** One label per row: each class has the same share in both parts, as near as whole rows allow. */
  readonly labels?: ArrayLike<Label>;
  /** Seed of the choice, 0 by default. */
  readonly seed?: number;
}

/** Rows for two uses. No row is in both, and each is in one. */
export interface RowSplit {
  /** Rows to fit on, ascending. */
  readonly train: Uint32Array;
  /** Rows to test on, ascending. */
  readonly test: Uint32Array;
}

const names: OptionNames<SplitOptions> = { testShare: true, labels: true, seed: true };

/**
 * Splits rows at random into some to fit on and some to test on. Each part has at least one row,
 * and with labels, so has each class that has two rows or more.
 *
 * @example A quarter of each class
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitRows } from "@mixtape/datasets/preparation";
 *
 * const labels = ["a", "b", "a", "a", "b", "a", "b", "b"];
 * const { train, test } = splitRows(8, { labels, seed: 1 });
 * assert.deepEqual(Array.from(test, (row) => labels[row]).sort(), ["a", "b"]);
 * assert.equal(train.length, 6);
 * ```
 *
 * @param n Number of rows, at least 2. {@linkcode takeRows} of tensor-utils copies the rows of a
 * matrix.
 * @param options Share, labels and seed.
 * @returns Indices of the rows, from 0.
 * @throws {TypeError} If an option is unknown, or labels are of several kinds.
 * @throws {RangeError} If a number is out of range, or there is not one label per row.
 */
export function splitRows(n: number, options?: SplitOptions): RowSplit {
  const { testShare = 0.25, labels, seed = 0 } = givenOptions(options, names, "splitRows");
  checkInteger(n, "n", { min: 2, max: 2 ** 32 - 1 });
  checkNumber(testShare, "testShare", { above: 0, max: 1 - Number.EPSILON });
  const groups = labels === undefined ? [allRows(n)] : rowsByClass(labels, n);
  const counts = testCounts(groups.map(({ length }) => length), n, testShare);
  const source = random(seed);
  const isTest = new Uint8Array(n);
  groups.forEach((rows, group) => {
    const chosen = source.split(group).sample(rows.length, counts[group]);
    for (const index of chosen) isTest[rows[index]] = 1;
  });
  const rows = allRows(n);
  return {
    train: rows.filter((row) => isTest[row] === 0),
    test: rows.filter((row) => isTest[row] === 1),
  };
}

function allRows(n: number): Uint32Array {
  return Uint32Array.from({ length: n }, (_, row) => row);
}

function rowsByClass(labels: ArrayLike<Label>, n: number): Uint32Array[] {
  const { codes, values } = compactLabels(labels);
  checkOnePerRow(codes, n, "labels");
  const rows = values.map((): number[] => []);
  codes.forEach((code, row) => rows[code].push(row));
  return rows.map((of) => Uint32Array.from(of));
}

/**
 * Divides the rows to test on among classes in proportion, the largest remainders first; a class of
 * two rows or more keeps at least one in each part.
 */
function testCounts(sizes: readonly number[], n: number, share: number): number[] {
  const total = Math.min(n - 1, Math.max(1, Math.round(share * n)));
  const exact = sizes.map((size) => size * total / n);
  const most = sizes.map((size) => size - 1);
  const counts = exact.map((count, i) => {
    return Math.min(most[i], Math.max(Math.min(1, most[i]), Math.floor(count)));
  });
  const order = exact.map((count, i) => ({ i, rest: count - counts[i] }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  let open = total - counts.reduce((sum, count) => sum + count, 0);
  for (const { i, rest } of order) {
    if (open <= 0 || rest <= 0) break;
    if (counts[i] === most[i]) continue;
    counts[i]++;
    open--;
  }
  // Only classes of one row each leave no row to test on.
  if (!counts.some((count) => count > 0)) counts[0] = 1;
  return counts;
}
