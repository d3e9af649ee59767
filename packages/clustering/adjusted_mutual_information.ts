import type { Label } from "@mixtape/tensor-utils/host";
import { contingencyTable, isSameDivision } from "./contingency_table.ts";
import { expectedMutualInformation } from "./expected_mutual_information.ts";
import { entropy, mutualInformation } from "./mutual_information.ts";

/**
 * Returns the mutual information of classes and clusters, adjusted for chance: its excess over the
 * average for random labels with the same sizes, divided by the largest possible excess (with the
 * mean of the two entropies as the upper bound, scikit-learn's default).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedMutualInformation } from "@mixtape/clustering";
 *
 * assert.equal(adjustedMutualInformation([0, 0, 1, 1], ["b", "b", "a", "a"]), 1);
 * assert.ok(adjustedMutualInformation([0, 0, 1, 1], ["a", "b", "a", "b"]) < 0);
 * ```
 *
 * @param classes The true class of each row: any numbers, big integers, strings or booleans.
 * @param labels The cluster of each row, of any of these kinds.
 * @returns 0 on average for random labels, exactly 1 for the same division; it can be negative.
 * @throws {TypeError} If an argument is not an array, or mixes kinds of labels.
 * @throws {RangeError} If there are no rows, the lengths differ, or a label is NaN.
 * @see Vinh, Epps & Bailey (2010), https://www.jmlr.org/papers/v11/vinh10a.html
 */
export function adjustedMutualInformation(
  classes: ArrayLike<Label>,
  labels: ArrayLike<Label>,
): number {
  const table = contingencyTable(classes, labels);
  if (isSameDivision(table)) return 1;
  const mean = (entropy(table.classSizes, table.total) + entropy(table.clusterSizes, table.total)) /
    2;
  const expected = expectedMutualInformation(table);
  return (mutualInformation(table) - expected) / (mean - expected);
}
