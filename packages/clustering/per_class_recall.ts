import type { Label } from "@mixtape/tensor-utils/host";
import { contingencyTable, majorityCells } from "./contingency_table.ts";

/**
 * Returns, for each class, the share of its rows that are in a cluster where the class has the
 * majority: 0 for a class that has the majority in no cluster.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { perClassRecall } from "@mixtape/clustering";
 *
 * assert.deepEqual([...perClassRecall(["ant", "ant", "cat", "cat"], [0, 0, 0, 1])], [1, 0.5]);
 * ```
 *
 * @param classes The true class of each row: any numbers, big integers, strings or booleans.
 * @param labels The cluster of each row, of any of these kinds.
 * @returns One share from 0 to 1 for each class that has rows, ascending by class, as in
 * `contingencyTable(classes, labels).classes`.
 * @throws {TypeError} If an argument is not an array, or mixes kinds of labels.
 * @throws {RangeError} If there are no rows, the lengths differ, or a label is NaN.
 */
export function perClassRecall(
  classes: ArrayLike<Label>,
  labels: ArrayLike<Label>,
): Float64Array {
  const table = contingencyTable(classes, labels);
  const { cells, classSizes } = table;
  const recalled = new Float64Array(table.classes.length);
  for (const cell of majorityCells(table)) recalled[cells.classes[cell]] += cells.counts[cell];
  return recalled.map((count, i) => count / classSizes[i]);
}
