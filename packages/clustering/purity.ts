import { contingencyTable, majorityClasses } from "./contingency_table.ts";

/**
 * The share of rows whose class is the majority of their cluster.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { purity } from "@mixtape/clustering";
 *
 * assert.equal(purity([0, 0, 1, 1], [0, 0, 0, 1]), 0.75);
 * ```
 *
 * @param classes The true class of each row, from 0.
 * @param labels The cluster of each row, from 0.
 * @returns Between 1 / (number of classes) and 1; it rises with the number of clusters, whatever
 * they are.
 * @throws {RangeError} If there are no rows, the lengths differ, or a number is negative or not
 * whole.
 */
export function purity(classes: ArrayLike<number>, labels: ArrayLike<number>): number {
  const table = contingencyTable(classes, labels);
  let agreeing = 0;
  majorityClasses(table).forEach((majority, cluster) => {
    agreeing += table.counts[majority * table.clusters + cluster];
  });
  return agreeing / table.total;
}
