import type { Label } from "@mixtape/tensor-utils/host";
import { contingencyTable, majorityCells } from "./contingency_table.ts";

/**
 * Returns the share of rows that belong to the majority class of their cluster.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { purity } from "@mixtape/clustering";
 *
 * assert.equal(purity(["cat", "cat", "ant", "ant"], [0, 0, 0, 1]), 0.75);
 * ```
 *
 * @param classes The true class of each row: any numbers, big integers, strings or booleans.
 * @param labels The cluster of each row, of any of these kinds.
 * @returns Between 1 / (number of classes) and 1; it tends to rise with the number of clusters,
 * whatever they are.
 * @throws {TypeError} If an argument is not an array, or mixes kinds of labels.
 * @throws {RangeError} If there are no rows, the lengths differ, or a label is NaN.
 */
export function purity(classes: ArrayLike<Label>, labels: ArrayLike<Label>): number {
  const table = contingencyTable(classes, labels);
  let agreeing = 0;
  for (const cell of majorityCells(table)) agreeing += table.cells.counts[cell];
  return agreeing / table.total;
}
