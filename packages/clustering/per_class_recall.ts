import type { Label } from "@mixtape/tensor-utils";
import { contingencyTable, majorityCells } from "./contingency_table.ts";

/**
 * For each class, the share of its rows that are in a cluster where the class is the majority: 0
 * for a class that no cluster stands for.
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
 * @param labels The cluster of each row, of any of these kinds too.
 * @returns A share from 0 to 1 for each class that has rows, in ascending order: that of
 * `contingencyTable(classes, labels).classes`.
 * @throws {TypeError} If one of the arrays mixes kinds of labels, or is none.
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
