import type { HostMatrix, Label } from "@mixtape/tensor-utils/host";
import type { OmittedColumn } from "./choose_columns.ts";
import type { ImageShape } from "./open_table.ts";

/** Id of a row: as it is in the file, so that `007` stays what it is. */
export type RowId = string | number | bigint | boolean;

/** Rows of a table as a matrix. */
export interface TableRows {
  /** Name of each column of `x`. */
  readonly columns: readonly string[];
  /**
   * The numbers, shape [n, d]; NaN stands for a missing cell, true and false are 1 and 0. float64,
   * except where the file holds bytes, or float32 and what fits in it.
   */
  readonly x: HostMatrix;
  /** One label per row, if the option `label` names a column, or the rows are images in folders. */
  readonly labels?: readonly Label[];
  /** One id per row, if the option `id` names a column, or the rows are images: their paths. */
  readonly ids?: readonly RowId[];
  /** Number of missing cells in each column. */
  readonly missing: readonly number[];
}

/** A table that was read. */
export interface Table extends TableRows {
  /** The distinct labels, ascending. */
  readonly classes?: readonly Label[];
  /** Columns of the file that are not in `x`, though nobody excluded them. */
  readonly omitted: readonly OmittedColumn[];
  /** Size of the images, if the rows are images. */
  readonly imageShape?: ImageShape;
}

/** Consecutive rows of a table. */
export interface TableBlock extends TableRows {
  /** Index of the first row in the table. */
  readonly firstRow: number;
}
