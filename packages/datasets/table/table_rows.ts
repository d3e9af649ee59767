import {
  type BlockMemory,
  blockRowsFor,
  type HostMatrix,
  type Label,
  pacer,
  rowRange,
  type RowSource,
} from "@mixtape/tensor-utils/host";
import { describePath } from "../sources/file_system.ts";
import { pathOf, type TableSource } from "../sources/open_source.ts";
import type { ColumnChoice } from "./choose_columns.ts";
import { tableLabels } from "./labels.ts";
import type { CellExample } from "./open_table.ts";
import type { TableBlock } from "./table.ts";
import { lateText, noRows, openColumns, tableBlocks } from "./table_blocks.ts";
import type { TableOptions } from "./table_options.ts";

/** A table whose rows are read block by block, as often as needed. */
export interface TableRowSource extends RowSource {
  /** Name of each column. */
  readonly columns: readonly string[];
  /** One label per row, if the option `label` names a column. */
  readonly labels?: readonly Label[];
  /** The distinct labels, ascending. */
  readonly classes?: readonly Label[];
  /**
   * True for a file that is read by ranges: NPY in C order, IDX and Parquet, unless it is compressed or downloaded.
   * Parts of other files are found by reading all rows before them.
   */
  readonly isRanged: boolean;
  /**
   * Reads the rows from the first one; NaN stands for a missing cell.
   *
   * @throws {TypeError} If the file has changed since it was opened.
   */
  blocks(signal?: AbortSignal, memory?: BlockMemory): AsyncIterable<HostMatrix>;
  /**
   * Returns consecutive rows as a source of their own, whose row 0 is the first of them.
   *
   * @param from Index of the first row.
   * @param to Index of the row after the last one, more than `from`.
   * @throws {RangeError} If there are no such rows.
   */
  part(from: number, to: number): RowSource;
}

/**
 * Opens a table as a source of rows. Formats that tell their number of rows are not read for it;
 * others are read once, which settles the columns, too.
 *
 * @param source A file, address or data that can be opened again: anything but a stream.
 * @param options Checked options.
 */
export async function openTableRows(
  source: TableSource,
  options: TableOptions,
): Promise<TableRowSource> {
  if (typeof (source as ReadableStream | undefined)?.getReader === "function") {
    throw new TypeError(
      "Cannot read the stream as rows: it can be read once, and rows are read again and again; " +
        "give a path, a URL, bytes or a Blob",
    );
  }
  const { file, choice } = await openColumns(source, options);
  const version = await versionOf(source);
  const { rows, labels } = file.rows === undefined || choice.label !== undefined
    ? await readOnce(tableBlocks(file, choice, options), choice)
    : { rows: file.rows, labels: undefined };
  if (rows === 0) throw noRows(file.name);
  const columns = choice.matrix.map((column) => file.columns[column].name);
  const readRows = (from: number, to: number) =>
    async function* (signal?: AbortSignal, memory?: BlockMemory) {
      await checkUnchanged();
      yield* read(source, { ...options, signal: signal ?? options.signal }, { from, to, memory });
      await checkUnchanged();
    };
  /** Rows of two versions of a file belong to no fit. */
  const checkUnchanged = async () => {
    if (await versionOf(source) === version) return;
    throw new TypeError(
      `Cannot read ${file.name} again: it has changed since it was opened, ` +
        `leave it as it is until all is done`,
    );
  };
  return {
    shape: [rows, columns.length],
    columns,
    isRanged: file.isRanged ?? false,
    ...labels && tableLabels(labels, file.columns[choice.label!].name, file.name),
    blocks: readRows(0, Infinity),
    part(from, to) {
      const isRow = (row: number) => Number.isSafeInteger(row) && row >= 0 && row <= rows;
      if (isRow(from) && isRow(to) && from < to) {
        return { shape: [to - from, columns.length], blocks: readRows(from, to) };
      }
      throw new RangeError(
        `Cannot take a part of ${file.name}: rows ${from} to ${to} were asked for, ` +
          `it has rows 0 to ${rows}`,
      );
    },
  };
}

/** Returns what changes with a file; nothing for other sources. */
async function versionOf(source: TableSource): Promise<string | undefined> {
  const path = pathOf(source);
  if (path === undefined) return undefined;
  const { size, changedMs } = await describePath(path);
  return `${size} ${changedMs}`;
}

/** Counts the rows, and keeps their labels if there are any. */
async function readOnce(
  blocks: AsyncIterable<TableBlock>,
  { label }: ColumnChoice,
): Promise<{ rows: number; labels?: Label[] }> {
  const labels: Label[] | undefined = label === undefined ? undefined : [];
  let rows = 0;
  for await (const block of blocks) {
    rows += block.x.shape[0];
    for (const own of block.labels ?? []) labels?.push(own);
  }
  return { rows, labels };
}

/** Rows to read, and memory for blocks of them. */
interface RowsRange {
  readonly from: number;
  /** Index of the row after the last one. */
  readonly to: number;
  readonly memory?: BlockMemory;
}

/** Reads numbers alone; whoever computes with them checks that they are finite. */
async function* read(
  source: TableSource,
  options: TableOptions,
  { from, to, memory }: RowsRange,
): AsyncGenerator<HostMatrix> {
  const pace = pacer(options.signal);
  await pace();
  const { file, choice: { matrix } } = await openColumns(source, options);
  const plan = {
    matrix,
    from,
    blockRows: Math.min(to - from, memory?.rows ?? blockRowsFor(matrix.length)),
    memory,
    onText: (column: number, example: CellExample) => {
      throw lateText(file, column, example);
    },
  };
  let next = 0;
  for await (const { values, rows, firstRow = next } of file.read(plan)) {
    next = firstRow + rows;
    const block: HostMatrix = { values, shape: [rows, matrix.length] };
    const [first, end] = [Math.max(from, firstRow), Math.min(to, next)];
    // Not after the block is taken: the next one is asked for then, and its reading starts at once, beside
    // computing that may hold the thread.
    await pace();
    if (first < end) yield rowRange(block, first - firstRow, end - firstRow);
    if (next >= to) return;
  }
}
