import type { Label } from "@mixtape/tensor-utils/host";
import { contingencyTable, isSameDivision } from "./contingency_table.ts";
import { entropy, mutualInformation } from "./mutual_information.ts";

/**
 * Returns the mutual information of classes and clusters, divided by the mean of their entropies
 * (scikit-learn's default). It is not adjusted for chance: more clusters score higher.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalizedMutualInformation } from "@mixtape/clustering";
 *
 * assert.equal(normalizedMutualInformation([0, 0, 1, 1], ["b", "b", "a", "a"]), 1);
 * assert.equal(normalizedMutualInformation([0, 0, 1, 1], ["a", "b", "a", "b"]), 0);
 * ```
 *
 * @param classes The true class of each row: any numbers, big integers, strings or booleans.
 * @param labels The cluster of each row, of any of these kinds.
 * @returns From 0 for independent labels to exactly 1 for the same division, even into a single
 * part.
 * @throws {TypeError} If an argument is not an array, or mixes kinds of labels.
 * @throws {RangeError} If there are no rows, the lengths differ, or a label is NaN.
 * @see Vinh, Epps & Bailey (2010), https://www.jmlr.org/papers/v11/vinh10a.html
 */
export function normalizedMutualInformation(
  classes: ArrayLike<Label>,
  labels: ArrayLike<Label>,
): number {
  const table = contingencyTable(classes, labels);
  if (isSameDivision(table)) return 1;
  const entropies = entropy(table.classSizes, table.total) +
    entropy(table.clusterSizes, table.total);
  return mutualInformation(table) / (entropies / 2);
}
