import type { Label } from "@mixtape/tensor-utils/host";
import { contingencyTable, isSameDivision } from "./contingency_table.ts";

/**
 * Returns the share of pairs of rows on which classes and clusters agree (together in both, or
 * apart in both), adjusted for chance.
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
 * @param labels The cluster of each row, of any of these kinds.
 * @returns 0 on average for random labels, exactly 1 for the same division, never below −0.5.
 * @throws {TypeError} If an argument is not an array, or mixes kinds of labels.
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
  // Products of numbers of pairs exceed 2⁵³ from 14,000 rows on, and their differences can be
  // small.
  const chance = inClasses * inClusters;
  const excess = 2n * (both * all - chance);
  return Number(excess) / Number((inClasses + inClusters) * all - 2n * chance);
}

/** Counts the pairs of rows that are in the same part, given the size of each part. */
function pairs(sizes: Uint32Array): bigint {
  return BigInt(sizes.reduce((sum, size) => sum + size * (size - 1) / 2, 0));
}
