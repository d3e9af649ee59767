/**
 * Preparation of a matrix for a model: a common scale, filled gaps, rows to test on, and principal
 * components.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitRows, standardize } from "@mixtape/datasets/preparation";
 *
 * const { x } = await standardize([[1, 10], [2, 20], [3, 30]]);
 * const { train, test } = splitRows(x.shape[0], { seed: 7 });
 * assert.equal(train.length + test.length, 3);
 * ```
 *
 * @module
 */
export { type ColumnMoments, columnMoments } from "./column_moments.ts";
export {
  type Imputation,
  imputeColumns,
  type ImputeOptions,
  type Imputer,
  imputerFromJSON,
  type ImputerJSON,
} from "./impute_columns.ts";
export {
  type PrincipalComponents,
  principalComponents,
  type PrincipalComponentsOptions,
} from "./principal_components.ts";
export { type Projection, projectionFromJSON, type ProjectionJSON } from "./projection.ts";
export { type RowSplit, type SplitOptions, splitRows } from "./split_rows.ts";
export {
  type SourceStandardizer,
  type Standardization,
  standardize,
  type StandardizeOptions,
  type Standardizer,
  standardizer,
  standardizerFromJSON,
  type StandardizerJSON,
} from "./standardize.ts";
