import { contingencyTable } from "./contingency_table.ts";
import { entropy, mutualInformation } from "./mutual_information.ts";

/**
 * The mutual information of classes and clusters, divided by the mean of their entropies
 * (scikit-learn's default). It is not adjusted for chance: more clusters score higher.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalizedMutualInformation } from "@mixtape/clustering";
 *
 * assert.equal(normalizedMutualInformation([0, 0, 1, 1], [1, 1, 0, 0]), 1);
 * assert.equal(normalizedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1]), 0);
 * ```
 *
 * @param classes The true class of each row, from 0.
 * @param labels The cluster of each row, from 0.
 * @returns From 0 for independent labels to 1 for the same division; 1 if both have a single part.
 * @throws {RangeError} If there are no rows, the lengths differ, or a number is negative or not
 * whole.
 * @see Vinh, Epps & Bailey (2010), https://www.jmlr.org/papers/v11/vinh10a.html
 */
export function normalizedMutualInformation(
  classes: ArrayLike<number>,
  labels: ArrayLike<number>,
): number {
  const table = contingencyTable(classes, labels);
  const entropies = entropy(table.classSizes, table.total) +
    entropy(table.clusterSizes, table.total);
  return entropies === 0 ? 1 : Math.min(1, mutualInformation(table) / (entropies / 2));
}
