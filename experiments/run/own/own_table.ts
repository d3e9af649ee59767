import type { ImageShape, OmittedColumn, RowId } from "@mixtape/datasets/table";
import type { UsedTable } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { Preparation } from "./preparation.ts";

/** Rows of a file or folder of one's own. */
export interface OwnRows {
  /** Name of the file or folder, without its path. */
  readonly name: string;
  /** The cells as they are in the file, shape [n, d]; NaN stands for a missing one. */
  readonly raw: HostMatrix;
  /** The cells on which models work, shape [n, d], finite: gaps filled, columns brought to one scale. */
  readonly prepared: HostMatrix;
  /** Row of the file of each row, from 0, ascending. */
  readonly rowNumbers: Uint32Array;
  /** Id of each row of the file, drawn or not; null without any. */
  readonly fileIds: readonly RowId[] | null;
  /** Description for results. */
  readonly used: UsedTable;
}

/** Data of one's own, on which experiments run. */
export interface OwnTable extends OwnRows {
  /** Name of each column. */
  readonly columns: readonly string[];
  /** Class of each row, an index into `classNames`; null without labels. */
  readonly labels: Int32Array | null;
  /** Name of each class, in the order of the labels; none without labels. */
  readonly classNames: readonly string[];
  /** Name of the column of the labels; null without labels, and for images in a folder per class. */
  readonly labelColumn: string | null;
  /** Name of the column of the ids; null without ids, and for images, whose ids are their paths. */
  readonly idColumn: string | null;
  /** Size of an image in pixels, and its channels, if rows are images; else null. */
  readonly imageShape: ImageShape | null;
  /** Columns of the file that hold no numbers. */
  readonly omitted: readonly OmittedColumn[];
  /** The way from `raw` to `prepared`, for new rows. */
  readonly preparation: Preparation;
  /** Rows that do not belong, in the same columns; null if none were given. */
  readonly foreign: OwnRows | null;
}

/** Lists the descriptions of a table and of the rows that do not belong. */
export function usedTables({ used, foreign }: OwnTable): readonly UsedTable[] {
  return foreign === null ? [used] : [used, foreign.used];
}

/** Most classes that count as labels: more distinct values are those of a measurement or an id. */
export const MOST_CLASSES = 1000;
