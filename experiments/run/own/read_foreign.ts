import {
  type ReadProgress,
  readTable,
  type RowId,
  type Table,
  type TableOptions,
} from "@mixtape/datasets/table";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { pickColumns } from "./pick_columns.ts";

/** Rows of another file in the columns of a table. */
export interface ForeignTable {
  /** Path of the file or folder. */
  readonly path: string;
  /** Its name, without the path. */
  readonly name: string;
  /** The cells, shape [n, d]; NaN stands for a missing one. */
  readonly raw: HostMatrix;
  /** Id of each row; null without any. */
  readonly ids: readonly RowId[] | null;
  /** Columns of numbers that are left out. */
  readonly unused: readonly string[];
}

/**
 * Reads rows of another file, and brings them to the columns of a table by their names. Columns that the table does not
 * use are left out; one without any value is one of gaps. Images are brought to the size of those of the table.
 *
 * @param source Path and name of the other file or folder.
 * @param to The table: name of its file, its columns, the table as it was read, and options of the reading.
 * @param onProgress Called after each block of rows.
 * @returns The rows.
 * @throws {RangeError} If the other file lacks a column, has text in it, or is no images where the table is.
 */
export async function readForeign(
  { path, name }: Pick<ForeignTable, "path" | "name">,
  { name: of, columns, table: { imageShape }, options }: {
    readonly name: string;
    readonly columns: readonly string[];
    readonly table: Table;
    readonly options: TableOptions;
  },
  onProgress: (progress: ReadProgress) => void,
): Promise<ForeignTable> {
  const other = await readTable(path, {
    ...options,
    onProgress,
    ...imageShape && { imageSize: imageShape, channels: imageShape.channels },
  });
  if ((other.imageShape === undefined) !== (imageShape === undefined)) {
    throw new RangeError(
      `Cannot use --foreign ${name}: ${name} is ${kindOf(other)}, ` +
        `${of} is ${kindOf({ imageShape })}, both must be of one kind`,
    );
  }
  const places = new Map(other.columns.map((column, j) => [column, j]));
  const raw = pickColumns(other.x, columns.map((column) => places.get(column) ?? gaps(column)));
  const unused = other.columns.filter((column) => !columns.includes(column));
  return { path, name, raw, ids: other.ids ?? null, unused };

  function gaps(column: string): number {
    const omitted = other.omitted.find((one) => one.name === column);
    if (omitted?.reason === "empty") return -1;
    const what = omitted === undefined
      ? `it has no column ${JSON.stringify(column)}, which ${of} has`
      : `its column ${JSON.stringify(column)} holds no numbers` +
        (omitted.example ? `, such as ${JSON.stringify(omitted.example.value)}` : "");
    throw new RangeError(
      `Cannot use --foreign ${name}: ${what}; both files need the same columns, --columns chooses them`,
    );
  }
}

function kindOf({ imageShape }: Pick<Table, "imageShape">): string {
  return imageShape === undefined ? "a table" : "images";
}
