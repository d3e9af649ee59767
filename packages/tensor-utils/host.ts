/**
 * Checks, matrices on the host, seeded randomness and float64 linear algebra, as an entry point of
 * its own for packages and pages that do not need TensorFlow.js.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hostMatrix, symmetricEigen } from "@mixtape/tensor-utils/host";
 *
 * const { values } = await hostMatrix([[2, 1], [1, 2]]);
 * assert.ok(Math.abs(symmetricEigen(Float64Array.from(values), 2).values[0] - 3) < 1e-12);
 * ```
 *
 * @module
 */
export type {
  Float64Matrix,
  HostMatrix,
  MatrixLike,
  MatrixRows,
  MatrixValues,
  ValuesMatrix,
} from "./matrix.ts";
export type { MatrixRules, TensorMatrix } from "./matrix.ts";
export { inPieces, pacer, pieceSize, throwIfAborted } from "./abort.ts";
export { type ArrayKind, arrayKind } from "./array_kind.ts";
export { fromBase64, toBase64 } from "./base64.ts";
export {
  checkChoice,
  checkFlag,
  checkInteger,
  checkNumber,
  checkOnePerRow,
  type NumberRules,
} from "./checks.ts";
export { type CompactLabels, compactLabels, type Label } from "./compact_labels.ts";
export { describeValue } from "./describe_value.ts";
export { disposing } from "./disposing.ts";
export {
  pacedSymmetricEigen,
  type PacedSymmetricEigenOptions,
  type SymmetricEigen,
  symmetricEigen,
  type SymmetricEigenOptions,
} from "./eigen.ts";
export { fromFloat16 } from "./float16.ts";
export { hostMatrix } from "./host_matrix.ts";
export { isNumeric } from "./host_values.ts";
export { type JupyterBundle, jupyterDisplay } from "./jupyter.ts";
export { columnMeans, rowRange, takeRows } from "./matrix.ts";
export { type ModelFormat, readModelJSON } from "./model_json.ts";
export { numberArray } from "./number_array.ts";
export { type Abortable, givenOptions, givenSignal, type OptionNames } from "./options.ts";
export { safeExponent, scaledMatrix, timesPowerOfTwo, wideMagnitude } from "./power_of_two.ts";
export { radixSort } from "./radix_sort.ts";
export { type Random, random } from "./random.ts";
export {
  type BlockMemory,
  type BlockPasses,
  blockRowsFor,
  isRowSource,
  type RowsLike,
  type RowSource,
} from "./row_source.ts";
export { type ReaderRules, RowReader, type RowsBlock } from "./row_reader.ts";
export { openRows } from "./open_rows.ts";
export { pacedSort, sortedColumn } from "./paced_sort.ts";
export { readerSource, rowBlocks, rowPieces, type Rows } from "./rows.ts";
export { runningMeans } from "./running_means.ts";
export { unchanging } from "./unchanging.ts";
