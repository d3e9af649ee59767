/**
 * Checks of a data set before it is used: labels that look wrong, by probabilities out of fold;
 * columns that drift between two samples, rows that come twice, rows whose order matters and groups
 * in which a classifier fails, by tests that hold their error rate.
 *
 * @example One column of two moved
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnDrift } from "@mixtape/audit";
 *
 * const before = Array.from({ length: 50 }, (_, i) => [i, i % 7]);
 * const after = Array.from({ length: 50 }, (_, i) => [i + 30, i % 7]);
 * const columns = await columnDrift(before, after);
 * assert.deepEqual(columns.map(({ moved }) => moved), [true, false]);
 * ```
 *
 * @module
 */
export { type ColumnDrift, columnDrift, type ColumnDriftOptions } from "./column_drift.ts";
export { type FailingGroup, failingGroups, type FailingGroupsOptions } from "./failing_groups.ts";
export { holm } from "./holm.ts";
export {
  type NearDuplicates,
  nearDuplicates,
  type NearDuplicatesOptions,
  type NearPair,
} from "./near_duplicates.ts";
export {
  type OrderDependence,
  orderDependence,
  type OrderDependenceOptions,
} from "./order_dependence.ts";
export {
  type OutOfFold,
  type OutOfFoldOptions,
  outOfFoldProbabilities,
} from "./out_of_fold_probabilities.ts";
export { smoothedClassifier, type SmoothedOptions } from "./smoothed_classifier.ts";
export { type SuspectLabels, suspectLabels } from "./suspect_labels.ts";
export type {
  HostMatrix,
  Label,
  MatrixLike,
  MatrixRows,
  MatrixValues,
  TensorMatrix,
  ValuesMatrix,
} from "@mixtape/tensor-utils";
