/**
 * Tables and images of many formats as matrices, in Deno, Node and browsers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readTable } from "@mixtape/datasets/table";
 *
 * const { x } = await readTable(new Blob(["a,b\n1,2\n"]));
 * assert.deepEqual(x.shape, [1, 2]);
 * ```
 *
 * @module
 */
export { type ReadTable, readTable } from "./read_table.ts";
export type { TableRowSource } from "./table_rows.ts";
export type { RowId, Table, TableBlock, TableRows } from "./table.ts";
export type { ColumnName, ReadProgress, TableFormat, TableOptions } from "./table_options.ts";
export type { OmittedColumn, OmittedReason } from "./choose_columns.ts";
export type { CellExample, ColumnKind, ImageShape } from "./open_table.ts";
export type { TableSource } from "../sources/open_source.ts";
