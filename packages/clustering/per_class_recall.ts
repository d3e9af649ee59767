import { contingencyTable, majorityClasses } from "./contingency_table.ts";

/**
 * For each class, the share of its rows that are in a cluster where the class is the majority: 0
 * for a class that no cluster stands for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { perClassRecall } from "@mixtape/clustering";
 *
 * assert.deepEqual([...perClassRecall([0, 0, 1, 1], [0, 0, 0, 1])], [1, 0.5]);
 * ```
 *
 * @param classes The true class of each row, from 0.
 * @param labels The cluster of each row, from 0.
 * @returns A share from 0 to 1 a class; NaN for a class without rows.
 * @throws {RangeError} If there are no rows, the lengths differ, or a number is negative or not
 * whole.
 */
export function perClassRecall(
  classes: ArrayLike<number>,
  labels: ArrayLike<number>,
): Float64Array {
  const table = contingencyTable(classes, labels);
  const recalled = new Float64Array(table.classes);
  majorityClasses(table).forEach((majority, cluster) => {
    recalled[majority] += table.counts[majority * table.clusters + cluster];
  });
  return recalled.map((count, i) => count / table.classSizes[i]);
}
