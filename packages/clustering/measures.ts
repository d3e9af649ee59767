/**
 * The measures that compare a clustering with true classes, as an entry point of its own for
 * programs that need no TensorFlow.js.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedRandIndex, purity } from "@mixtape/clustering/measures";
 *
 * assert.equal(purity(["cat", "cat", "dog"], [0, 0, 0]), 2 / 3);
 * assert.equal(adjustedRandIndex(["cat", "cat", "dog"], [1, 1, 0]), 1);
 * ```
 *
 * @module
 */
export { adjustedMutualInformation } from "./adjusted_mutual_information.ts";
export { adjustedRandIndex } from "./adjusted_rand_index.ts";
export {
  type ContingencyCells,
  type ContingencyTable,
  contingencyTable,
  majorityClasses,
} from "./contingency_table.ts";
export { normalizedMutualInformation } from "./normalized_mutual_information.ts";
export { perClassRecall } from "./per_class_recall.ts";
export { purity } from "./purity.ts";
export type { Label } from "@mixtape/tensor-utils/host";
