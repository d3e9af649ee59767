import {
  blockRowsFor,
  type HostMatrix,
  type Label,
  pacer,
  type RowSource,
} from "@mixtape/tensor-utils/host";
import type { TableSource } from "../sources/open_source.ts";
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
  /** Reads the rows from the first one; NaN stands for a missing cell. */
  blocks(signal?: AbortSignal): AsyncIterable<HostMatrix>;
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
  const { rows, labels } = file.rows === undefined || choice.label !== undefined
    ? await readOnce(tableBlocks(file, choice, options), choice)
    : { rows: file.rows, labels: undefined };
  if (rows === 0) throw noRows(file.name);
  const columns = choice.matrix.map((column) => file.columns[column].name);
  return {
    shape: [rows, columns.length],
    columns,
    ...labels && tableLabels(labels, file.columns[choice.label!].name, file.name),
    blocks: (signal) => read(source, { ...options, signal: signal ?? options.signal }),
  };
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

/** Reads numbers alone; whoever computes with them checks that they are finite. */
async function* read(
  source: TableSource,
  options: TableOptions,
): AsyncGenerator<HostMatrix> {
  const pace = pacer(options.signal);
  await pace();
  const { file, choice: { matrix } } = await openColumns(source, options);
  const plan = {
    matrix,
    blockRows: blockRowsFor(matrix.length),
    onText: (column: number, example: CellExample) => {
      throw lateText(file, column, example);
    },
  };
  for await (const { values, rows } of file.read(plan)) {
    if (rows > 0) yield { values, shape: [rows, matrix.length] };
    await pace();
  }
}
