import { type Label, pacer } from "@mixtape/tensor-utils/host";
import type { TableSource } from "../sources/open_source.ts";
import { cellHint } from "./cell_hint.ts";
import { checkBlock } from "./check_block.ts";
import { chooseColumns, type ColumnChoice, noColumns } from "./choose_columns.ts";
import { labelsLike, tableLabels } from "./labels.ts";
import { type NamedTable, openTable } from "./open_format.ts";
import type { CellExample, RowBlock } from "./open_table.ts";
import type { RowId, TableBlock } from "./table.ts";
import type { TableOptions } from "./table_options.ts";

/** A table that was opened, and the columns that are read of it. */
export interface OpenColumns {
  /** The table. */
  readonly file: NamedTable;
  /** The columns, of which at least one is of numbers. */
  readonly choice: ColumnChoice;
}

/** Opens a table that is read block by block, whose columns the first rows settle. */
export async function openColumns(
  source: TableSource,
  options: TableOptions,
): Promise<OpenColumns> {
  const file = await openTable(source, options);
  const choice = chooseColumns(file, options, file.name);
  if (choice.matrix.length === 0) throw noColumns(choice.omitted, file.name);
  return { file, choice };
}

/** Reads blocks with everything that belongs to their rows, checked. */
export async function* tableBlocks(
  file: NamedTable,
  choice: ColumnChoice,
  given: TableOptions,
): AsyncGenerator<TableBlock> {
  const columns = choice.matrix.map((column) => file.columns[column].name);
  const onText = (column: number, example: CellExample) => {
    throw lateText(file, column, example);
  };
  let firstRow = 0;
  let kind: string | undefined;
  const missing = columns.map(() => 0);
  for await (const block of checkedBlocks(file, choice, { given, missing, onText })) {
    if (block.rows === 0) continue;
    let labels: readonly Label[] | undefined;
    if (choice.label !== undefined) {
      const { name } = file.columns[choice.label];
      const own = tableLabels(block.labels ?? [], name, file.name, firstRow).labels;
      kind ??= typeof own[0];
      labels = labelsLike(own, kind, name, file.name);
    }
    yield {
      columns,
      x: { values: block.values, shape: [block.rows, columns.length] },
      ...labels ? { labels } : {},
      ...choice.id === undefined ? {} : { ids: block.ids as RowId[] },
      missing: missing.splice(0, columns.length, ...columns.map(() => 0)),
      firstRow,
    };
    firstRow += block.rows;
  }
  if (firstRow === 0) throw noRows(file.name);
}

/** Reads blocks, checks their numbers, counts what is missing, and reports the progress. */
export async function* checkedBlocks(
  file: NamedTable,
  { matrix, label, id }: ColumnChoice,
  { given, missing, onText }: {
    given: TableOptions;
    missing: number[];
    onText: (column: number, example: CellExample) => void;
  },
): AsyncGenerator<RowBlock> {
  const names = matrix.map((column) => file.columns[column].name);
  const pace = pacer(given.signal);
  let rows = 0;
  await pace();
  for await (const block of file.read({ matrix, label, id, onText })) {
    checkBlock(block, names, file.name, rows, missing);
    rows += block.rows;
    yield block;
    given.onProgress?.({
      rows,
      ...block.bytesRead === undefined ? {} : { bytes: block.bytesRead },
      ...file.size === undefined ? {} : { totalBytes: file.size },
    });
    await pace();
  }
}

/** Returns the error for a table without rows. */
export function noRows(name: string): SyntaxError {
  return new SyntaxError(
    `Cannot read ${name}: it has no rows below its header, at least 1 is needed`,
  );
}

/** Returns the error for a cell that is no number, in a column that seemed to have no values. */
export function lateText(
  { name, columns }: NamedTable,
  column: number,
  example: CellExample,
): SyntaxError {
  const place = example.line === undefined ? `row ${example.row}` : `line ${example.line}`;
  const hint = cellHint(example.value);
  return new SyntaxError(
    `Cannot read ${name}: ${place}, column ${JSON.stringify(columns[column].name)} has ` +
      `${JSON.stringify(example.value)}, the first value of that column; a number is needed, ` +
      `or name the column in exclude${hint === undefined ? "" : ` (${hint})`}`,
  );
}
