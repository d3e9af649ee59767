import Papa from "papaparse";
import type { ByteSource } from "../../sources/byte_source.ts";
import { encodedText, splitHead } from "../../sources/encoding.ts";
import { cellsKind } from "../../table/cell_kind.ts";
import type { FileColumn, OpenTable, ReadPlan, RowBlock } from "../../table/open_table.ts";
import { CellCollector, type TextTable } from "./cell_collector.ts";
import { type Dialect, type DialectOptions, findDialect } from "./dialect.ts";
import { isHeader, type SampleRows, uniqueNames } from "./header.ts";
import { scanNumbers, SKIP, TEXT } from "./number_scanner.ts";
import { countLines, lastRecord, type RecordBlock, recordBlocks } from "./record_blocks.ts";

/** Options of {@linkcode openCsv}. */
export interface CsvOptions extends DialectOptions {
  /** True if the first row names the columns, false if it does not; told by its cells by default. */
  readonly header?: boolean;
  /** Encoding, as `TextDecoder` takes it. */
  readonly encoding?: string;
  /** Cells that stand for a missing value. */
  readonly missing: ReadonlySet<string>;
}

/** Number of bytes that show the marks, the header and the kinds of the columns. */
const SAMPLE_BYTES = 2 ** 20;
const SAMPLE_ROWS = 1000;

/**
 * Opens a table of separated values. The first rows decide which columns hold numbers.
 *
 * @param source The file.
 * @param options Properties of the file that the caller knows.
 * @throws {SyntaxError} If there is nothing in it, or quotes are not closed.
 * @throws {RangeError} If there is no such encoding.
 */
export async function openCsv(source: ByteSource, options: CsvOptions): Promise<OpenTable> {
  const text = await encodedText(source.chunks(), options.encoding);
  const { head, rest } = await splitHead(text.chunks, SAMPLE_BYTES);
  const shown = new TextDecoder(text.encoding).decode(head.subarray(0, 2 ** 16));
  const dialect = findDialect(shown, options, options.missing);
  const newline = dialect.newline.charCodeAt(0);
  const marks = { delimiter: dialect.delimiter, newline, name: source.name };
  const blocks = recordBlocks(rest, marks)[Symbol.asyncIterator]();
  const first = await blocks.next();
  if (first.done) throw emptyFile(source.name);
  const sample = sampleRows(first.value, {
    name: source.name,
    dialect,
    encoding: text.encoding,
  });
  if (sample.rows.length === 0) throw emptyFile(source.name);
  const hasHeader = options.header ?? isHeader(sample.rows, dialect);
  const columns = describeColumns(sample, hasHeader, dialect);
  const table: TextTable = { name: source.name, columns, dialect, encoding: text.encoding };
  return {
    columns,
    async *read(plan) {
      const reader = new BlockReader(table, plan);
      let bytesRead = 0;
      let isFirst = true;
      try {
        for (
          let next: IteratorResult<RecordBlock> = first;
          !next.done;
          next = await blocks.next()
        ) {
          bytesRead += next.value.bytes.length;
          yield { ...reader.read(next.value, isFirst && hasHeader), bytesRead };
          isFirst = false;
        }
      } finally {
        await blocks.return?.(undefined);
      }
    },
  };
}

function emptyFile(name: string): SyntaxError {
  return new SyntaxError(`Cannot read ${name}: it is empty, a table is needed`);
}

function sampleRows(
  block: RecordBlock,
  { name, dialect, encoding }: Omit<TextTable, "columns">,
): SampleRows {
  const rows: string[][] = [];
  const lines: number[] = [];
  for (const { cells, line } of papaRows(block, { name, dialect, encoding }, SAMPLE_ROWS)) {
    rows.push(cells);
    lines.push(line);
  }
  return { rows, lines };
}

function describeColumns(
  { rows, lines }: SampleRows,
  hasHeader: boolean,
  dialect: Dialect,
): FileColumn[] {
  const from = hasHeader ? 1 : 0;
  const names = uniqueNames(hasHeader ? rows[0] : rows[0].map(() => ""));
  return names.map((name, column) => {
    const cells = rows.slice(from).map((row) => row[column]?.trim() ?? "");
    return { name, ...cellsKind(cells, lines.slice(from), dialect) };
  });
}

/** Reads blocks of records into rows of numbers. */
class BlockReader {
  readonly #table: TextTable;
  readonly #plan: ReadPlan;
  readonly #cells: CellCollector;
  /** Place of each column of the matrix among those that are read, in the order of the file. */
  readonly #order: readonly number[];
  /** Receives the numbers of a block, and is used again. */
  #scratch = new Float64Array(0);

  constructor(table: TextTable, plan: ReadPlan) {
    this.#table = table;
    this.#plan = plan;
    this.#cells = new CellCollector(table, plan);
    const inFile = plan.matrix.toSorted((a, b) => a - b);
    const places = new Map(inFile.map((column, place) => [column, place]));
    this.#order = plan.matrix.map((column) => places.get(column)!);
  }

  read(block: RecordBlock, hasHeader: boolean): RowBlock {
    // Each cell takes at least the byte of the mark after it.
    if (this.#scratch.length < block.bytes.length) {
      this.#scratch = new Float64Array(block.bytes.length);
    }
    const rows = /^[\0-\x7f]$/.test(this.#table.dialect.delimiter)
      ? this.#scan(hasHeader ? withoutFirstRow(block, this.#table.dialect) : block)
      : this.#readByLibrary(block, hasHeader);
    return {
      rows,
      values: this.#ordered(this.#scratch.slice(0, rows * this.#order.length)),
      labels: this.#cells.takeTexts(this.#plan.label),
      ids: this.#cells.takeTexts(this.#plan.id),
    };
  }

  #scan({ bytes, firstLine }: RecordBlock): number {
    const { delimiter, newline, decimal } = this.#table.dialect;
    const marks = {
      delimiter: delimiter.charCodeAt(0),
      newline: newline.charCodeAt(0),
      decimal: decimal.charCodeAt(0),
    };
    return scanNumbers(bytes, this.#cells.uses, marks, firstLine, this.#scratch, this.#cells);
  }

  #readByLibrary(block: RecordBlock, hasHeader: boolean): number {
    const { columns } = this.#table;
    const { uses } = this.#cells;
    let rows = 0;
    let at = 0;
    let isHeader = hasHeader;
    for (const { cells, line } of papaRows(block, this.#table)) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (cells.length !== columns.length) throw this.#cells.ragged(cells, line);
      rows++;
      for (let column = 0; column < uses.length; column++) {
        if (uses[column] === SKIP) continue;
        if (uses[column] === TEXT) this.#cells.text(cells[column], column);
        else this.#scratch[at++] = this.#cells.number(cells[column], column, line);
      }
    }
    return rows;
  }

  /** Puts columns from the order of the file into the order that was asked for. */
  #ordered(values: Float64Array): Float64Array {
    const order = this.#order;
    if (order.every((from, to) => from === to)) return values;
    const d = order.length;
    const ordered = new Float64Array(values.length);
    for (let start = 0; start < values.length; start += d) {
      for (let j = 0; j < d; j++) ordered[start + j] = values[start + order[j]];
    }
    return ordered;
  }
}

function withoutFirstRow(
  { bytes, firstLine }: RecordBlock,
  { delimiter, newline }: Dialect,
): RecordBlock {
  const marks = { delimiter, newline: newline.charCodeAt(0) };
  let start = 0;
  for (;;) {
    const { end } = lastRecord(bytes.subarray(start), marks, 1);
    const isBlank = /^\s*$/.test(
      String.fromCharCode(...bytes.subarray(start, start + Math.min(end, 99))),
    );
    start += end;
    if (!isBlank || start === bytes.length) break;
  }
  const line = firstLine + countLines(bytes.subarray(0, start), marks.newline);
  return { bytes: bytes.subarray(start), firstLine: line };
}

/** Yields the rows of a block of records with the line of each, without empty ones. */
function* papaRows(
  { bytes, firstLine }: RecordBlock,
  { name, dialect: { delimiter, newline }, encoding }: Omit<TextTable, "columns">,
  preview = 0,
): Generator<{ cells: string[]; line: number }> {
  const text = new TextDecoder(encoding).decode(bytes);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline, preview });
  const fault = errors.find(({ type }) => type === "Quotes");
  let line = firstLine;
  for (let i = 0; i < data.length; i++) {
    const cells = data[i];
    if (fault?.row === i) {
      throw new SyntaxError(
        `Cannot read ${name}: in line ${line}, something follows the closing quotes of a cell, ` +
          `a delimiter or the end of the line is needed (quotes within quotes are doubled)`,
      );
    }
    const isBlank = cells.length === 1 && cells[0].trim() === "";
    if (!isBlank) yield { cells, line };
    line++;
    for (const cell of cells) {
      for (let at = cell.indexOf(newline); at !== -1; at = cell.indexOf(newline, at + 1)) line++;
    }
  }
}
