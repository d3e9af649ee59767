import { contingencyTable } from "./contingency_table.ts";

/**
 * The share of pairs of rows on which classes and clusters agree (together in both, or apart in
 * both), adjusted for chance.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedRandIndex } from "@mixtape/clustering";
 *
 * assert.equal(adjustedRandIndex([0, 0, 1, 1], [1, 1, 0, 0]), 1);
 * assert.equal(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1]), -0.5);
 * ```
 *
 * @param classes The true class of each row, from 0.
 * @param labels The cluster of each row, from 0.
 * @returns 0 on average for random labels, 1 for the same division, no lower than −0.5.
 * @throws {RangeError} If there are no rows, the lengths differ, or a number is negative or not
 * whole.
 * @see Hubert & Arabie (1985), https://doi.org/10.1007/BF01908075
 */
export function adjustedRandIndex(
  classes: ArrayLike<number>,
  labels: ArrayLike<number>,
): number {
  const { counts, classSizes, clusterSizes, total } = contingencyTable(classes, labels);
  const both = pairs(counts);
  const inClasses = pairs(classSizes);
  const inClusters = pairs(clusterSizes);
  if (both === inClasses && both === inClusters) return 1;
  const all = total * (total - 1) / 2;
  const chance = inClasses * inClusters;
  return (both * all - chance) / ((inClasses + inClusters) / 2 * all - chance);
}

/** The number of pairs of rows within the same part. */
function pairs(sizes: Uint32Array): number {
  return sizes.reduce((sum, size) => sum + size * (size - 1) / 2, 0);
}
