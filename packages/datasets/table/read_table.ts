import type { TableSource } from "../sources/open_source.ts";
import { chooseColumns, noColumns, type OmittedColumn, omittedColumn } from "./choose_columns.ts";
import { joinBlocks } from "./join_blocks.ts";
import { tableLabels } from "./labels.ts";
import { openTable } from "./open_format.ts";
import type { CellExample, RowBlock } from "./open_table.ts";
import type { RowId, Table, TableBlock } from "./table.ts";
import { checkedBlocks, lateText, noRows, openColumns, tableBlocks } from "./table_blocks.ts";
import { type TableOptions, tableOptions } from "./table_options.ts";
import { openTableRows, type TableRowSource } from "./table_rows.ts";

/** The function {@linkcode readTable}, and its forms for files that do not fit in memory. */
export interface ReadTable {
  /** Reads a table whole. */
  (source: TableSource, options?: TableOptions): Promise<Table>;
  /**
   * Reads a table block by block; memory holds a block. All blocks have the columns that the first
   * rows show: a column without any value there is one of numbers.
   *
   * @throws {SyntaxError} While reading, also if a later cell does not fit the first rows.
   */
  blocks(source: TableSource, options?: TableOptions): AsyncIterable<TableBlock>;
  /**
   * Opens a table as a source of rows for fits, which read them block by block, as often as they
   * need: memory holds some blocks. NPY, IDX and Parquet files tell their number of rows, and are
   * read by ranges (NPY of any type of numbers in C order, Parquet by row groups); files of other
   * formats are read once for it, as are all of which a column of labels is wanted.
   *
   * @throws {TypeError} If the source is a stream, which cannot be read again.
   */
  rows(source: TableSource, options?: TableOptions): Promise<TableRowSource>;
}

/**
 * Reads a table from a file, a URL, bytes, a `Blob` or a stream: the columns of numbers as a
 * matrix, and a column of labels and one of ids if they are named.
 *
 * The first rows decide what the columns of a CSV hold. A column of numbers, booleans (as 0 and 1)
 * or mixed with missing cells (as NaN) becomes one of the matrix; text and dates are left out and
 * listed with an example. A cell that is no number in a column of numbers is an error that names
 * its line.
 *
 * @example A CSV with labels
 * ```ts
 * import assert from "node:assert/strict";
 * import { readTable } from "@mixtape/datasets/table";
 *
 * const file = new Blob(["length;weight;species\n1,5;2;cat\n;3;dog\n"]);
 * const { x, columns, labels, missing } = await readTable(file, { label: "species" });
 * assert.deepEqual(x, { values: Float64Array.of(1.5, 2, NaN, 3), shape: [2, 2] });
 * assert.deepEqual(columns, ["length", "weight"]);
 * assert.deepEqual(labels, ["cat", "dog"]);
 * assert.deepEqual(missing, [1, 0]);
 * ```
 *
 * @example In blocks
 * ```ts
 * import assert from "node:assert/strict";
 * import { readTable } from "@mixtape/datasets/table";
 *
 * const file = new Blob(["a,b\n1,2\n3,4\n"]);
 * let sum = 0;
 * for await (const { x } of readTable.blocks(file)) for (const value of x.values) sum += value;
 * assert.equal(sum, 10);
 * ```
 *
 * @example For a fit that reads the rows again and again
 * ```ts
 * import assert from "node:assert/strict";
 * import { readTable } from "@mixtape/datasets/table";
 *
 * const source = await readTable.rows(new Blob(["a,b\n1,2\n3,4\n"]));
 * assert.deepEqual(source.shape, [2, 2]);
 * for (let reading = 0; reading < 2; reading++) {
 *   for await (const { values } of source.blocks()) assert.deepEqual([...values], [1, 2, 3, 4]);
 * }
 * ```
 *
 * @param source Path, URL, bytes, `Blob` or stream.
 * @param options Format, columns, and notation of the numbers; all have defaults.
 * @returns The matrix, shape [n, d], the names of its columns, labels, ids, and what is missing.
 * @throws {TypeError} If the source or an option is of another kind.
 * @throws {RangeError} If there is no such file or column, no column of numbers, or an infinite
 * number.
 * @throws {SyntaxError} If the file is damaged, a row has more or fewer cells than the first, or a
 * cell does not fit its column.
 */
export const readTable: ReadTable = Object.assign(readWhole, {
  blocks: readBlocks,
  rows: async (source: TableSource, options?: TableOptions) =>
    await openTableRows(source, tableOptions(options, "readTable.rows")),
});

async function readWhole(source: TableSource, options?: TableOptions): Promise<Table> {
  const given = tableOptions(options, "readTable");
  const file = await openTable(source, given);
  const late = new Map<number, CellExample>();
  const choice = chooseColumns(file, given, file.name);
  const onText = (column: number, example: CellExample) => {
    if (choice.named.has(column)) throw lateText(file, column, example);
    late.set(column, example);
  };
  const blocks: RowBlock[] = [];
  const missing = new Array<number>(choice.matrix.length).fill(0);
  let rows = 0;
  for await (const block of checkedBlocks(file, choice, { given, missing, onText })) {
    if (block.rows === 0) continue;
    blocks.push(block);
    rows += block.rows;
  }
  if (rows === 0) throw noRows(file.name);
  const isKept = (column: number, j: number) =>
    choice.named.has(column) || (missing[j] < rows && !late.has(column));
  const kept = choice.matrix.flatMap((column, j) => isKept(column, j) ? [j] : []);
  const omitted = [
    ...choice.omitted,
    ...choice.matrix.filter((column, j) => !isKept(column, j)).map((column): OmittedColumn => {
      const example = late.get(column);
      return omittedColumn(file.columns[column].name, example ? "text" : "empty", example);
    }),
  ];
  if (kept.length === 0) throw noColumns(omitted, file.name);
  const labels = blocks.flatMap((block) => block.labels ?? []);
  const ids = blocks.flatMap((block) => block.ids ?? []) as RowId[];
  return {
    columns: kept.map((j) => file.columns[choice.matrix[j]].name),
    x: await joinBlocks(blocks, rows, choice.matrix.length, kept, given.signal),
    ...choice.label === undefined
      ? {}
      : tableLabels(labels, file.columns[choice.label].name, file.name),
    ...choice.id === undefined ? {} : { ids },
    missing: kept.map((j) => missing[j]),
    omitted,
    ...file.imageShape ? { imageShape: file.imageShape } : {},
  };
}

async function* readBlocks(
  source: TableSource,
  options?: TableOptions,
): AsyncGenerator<TableBlock> {
  const given = tableOptions(options, "readTable.blocks");
  const { file, choice } = await openColumns(source, given);
  yield* tableBlocks(file, choice, given);
}
