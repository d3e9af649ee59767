import type { Label } from "@mixtape/tensor-utils";
import { contingencyTable, isSameDivision } from "./contingency_table.ts";

/**
 * The share of pairs of rows on which classes and clusters agree (together in both, or apart in
 * both), adjusted for chance.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedRandIndex } from "@mixtape/clustering";
 *
 * assert.equal(adjustedRandIndex([0, 0, 1, 1], ["b", "b", "a", "a"]), 1);
 * assert.equal(adjustedRandIndex([0, 0, 1, 1], ["a", "b", "a", "b"]), -0.5);
 * ```
 *
 * @param classes The true class of each row: any numbers, big integers, strings or booleans.
 * @param labels The cluster of each row, of any of these kinds too.
 * @returns 0 on average for random labels, exactly 1 for the same division, no lower than −0.5.
 * @throws {TypeError} If one of the arrays mixes kinds of labels, or is none.
 * @throws {RangeError} If there are no rows, the lengths differ, or a label is NaN.
 * @see Hubert & Arabie (1985), https://doi.org/10.1007/BF01908075
 */
export function adjustedRandIndex(
  classes: ArrayLike<Label>,
  labels: ArrayLike<Label>,
): number {
  const table = contingencyTable(classes, labels);
  if (isSameDivision(table)) return 1;
  const both = pairs(table.cells.counts);
  const inClasses = pairs(table.classSizes);
  const inClusters = pairs(table.clusterSizes);
  const all = pairs(Uint32Array.of(table.total));
  // Products of numbers of pairs exceed 2⁵³ from 14,000 rows on, and what they differ by can be small.
  const chance = inClasses * inClusters;
  const excess = 2n * (both * all - chance);
  return Number(excess) / Number((inClasses + inClusters) * all - 2n * chance);
}

/** The number of pairs of rows within the same part. */
function pairs(sizes: Uint32Array): bigint {
  return BigInt(sizes.reduce((sum, size) => sum + size * (size - 1) / 2, 0));
}
