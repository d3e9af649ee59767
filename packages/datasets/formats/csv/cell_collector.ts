import Papa from "papaparse";
import { cellHint } from "../../table/cell_hint.ts";
import { cellBoolean, cellNumber } from "../../table/cell_number.ts";
import { type FileColumn, type ReadPlan, shownCell } from "../../table/open_table.ts";
import type { Dialect } from "./dialect.ts";
import { type CellReader, NUMBER, OTHER, SKIP, TEXT } from "./number_scanner.ts";

/** The properties of a text table, as found in its beginning. */
export interface TextTable {
  /** Name of the file in error messages. */
  readonly name: string;
  /** Its columns. */
  readonly columns: readonly FileColumn[];
  /** Its marks and notation. */
  readonly dialect: Dialect;
  /** Encoding of its bytes. */
  readonly encoding: string;
}

const QUOTE = 34;

/** Reads the cells of a text table that are no plain numbers, and names the faulty ones. */
export class CellCollector implements CellReader {
  /** Use of each column. */
  readonly uses: Uint8Array;
  /** Cells of the columns of text since the last call of {@linkcode takeTexts}. */
  #texts = new Map<number, string[]>();
  readonly #table: TextTable;
  readonly #plan: ReadPlan;
  readonly #decoder: TextDecoder;
  /** Columns without a value so far. */
  readonly #unsettled: Set<number>;
  /** The missing cell that was seen last: most files write all of theirs alike. */
  #lastMissing = new Uint8Array(0);
  /** Columns that turned out to hold text. */
  readonly #dropped = new Set<number>();

  constructor(table: TextTable, plan: ReadPlan) {
    this.#table = table;
    this.#plan = plan;
    this.#decoder = new TextDecoder(table.encoding);
    this.uses = new Uint8Array(table.columns.length).fill(SKIP);
    this.#unsettled = new Set(plan.matrix.filter((column) => this.#kind(column) === "empty"));
    for (const column of plan.matrix) {
      this.uses[column] = this.#kind(column) === "number" ? NUMBER : OTHER;
    }
    for (const column of [plan.label, plan.id]) {
      if (column === undefined) continue;
      this.uses[column] = TEXT;
      this.#texts.set(column, []);
    }
  }

  readNumber(bytes: Uint8Array, start: number, end: number, column: number, line: number): number {
    if (isSame(bytes, start, end, this.#lastMissing)) return NaN;
    const cell = this.#text(bytes, start, end);
    const value = this.number(cell, column, line);
    if (value !== value && this.#table.dialect.missing.has(cell.trim())) {
      this.#lastMissing = bytes.slice(start, end);
    }
    return value;
  }

  readText(bytes: Uint8Array, start: number, end: number, column: number): void {
    this.text(this.#text(bytes, start, end), column);
  }

  wrongCount(bytes: Uint8Array, start: number, line: number): never {
    const { delimiter, newline } = this.#table.dialect;
    const text = this.#decoder.decode(bytes.subarray(start));
    const { data } = Papa.parse<string[]>(text, { delimiter, newline, preview: 1 });
    throw this.ragged(data[0], line);
  }

  badQuotes(line: number): never {
    throw new SyntaxError(
      `Cannot read ${this.#table.name}: in line ${line}, something follows the closing quotes of ` +
        `a cell, a delimiter or the end of the line is needed (quotes within quotes are doubled)`,
    );
  }

  /** Returns the error for a row with other cells than there are columns. */
  ragged(cells: readonly string[], line: number): SyntaxError {
    const { name, columns, dialect: { delimiter } } = this.#table;
    const count = cells.length;
    const advice = cellHint(cells[0]) ?? cellHint(columns[0].name) ??
      (delimiter === "," && columns.length === 1 && count === 2 && cells.every(isDigits)
        ? 'one column of numbers with decimal commas needs the options decimal "," and delimiter ";"'
        : `cells are separated by ${
          JSON.stringify(delimiter)
        }, the option delimiter names another mark`);
    return new SyntaxError(
      `Cannot read ${name}: line ${line} has ${count} ${count === 1 ? "cell" : "cells"}, ` +
        `${columns.length} ${
          columns.length === 1 ? "is" : "are"
        } needed, as in the first row (${advice})`,
    );
  }

  /** Reads a cell as a number, NaN for a missing one. */
  number(cell: string, column: number, line: number): number {
    const { dialect } = this.#table;
    const text = cell.trim();
    const value = this.#kind(column) === "boolean"
      ? cellBoolean(text, dialect.missing)
      : cellNumber(text, dialect);
    if (value !== undefined) {
      if (value === value) this.#unsettled.delete(column);
      return value;
    }
    if (this.#unsettled.has(column)) {
      if (!this.#dropped.has(column)) {
        this.#plan.onText(column, { value: shownCell(text), line });
      }
      this.#dropped.add(column);
      return NaN;
    }
    throw this.#badCell(text, column, line);
  }

  /** Takes a cell of a column of text. */
  text(cell: string, column: number): void {
    this.#texts.get(column)!.push(cell.trim());
  }

  /** Returns the cells of a column of text since the last call. */
  takeTexts(column: number | undefined): string[] | undefined {
    const texts = column === undefined ? undefined : this.#texts.get(column);
    if (texts !== undefined) this.#texts.set(column!, []);
    return texts;
  }

  #kind(column: number): FileColumn["kind"] {
    return this.#table.columns[column].kind;
  }

  /** Returns the text of a cell; within quotes, two of them stand for one. */
  #text(bytes: Uint8Array, start: number, end: number): string {
    const text = this.#decoded(bytes, start, end);
    return bytes[end] === QUOTE && bytes[start - 1] === QUOTE ? text.replaceAll('""', '"') : text;
  }

  #decoded(bytes: Uint8Array, start: number, end: number): string {
    let text = "";
    // Far faster than a TextDecoder for the few characters of a cell.
    for (let i = start; i < end && end - start < 32; i++) {
      if (bytes[i] > 127) return this.#decoder.decode(bytes.subarray(start, end));
      text += String.fromCharCode(bytes[i]);
    }
    return end - start < 32 ? text : this.#decoder.decode(bytes.subarray(start, end));
  }

  #badCell(cell: string, column: number, line: number): SyntaxError {
    const { name, columns, dialect } = this.#table;
    const needed = this.#kind(column) === "boolean" ? "true or false" : "a finite number";
    const mark = dialect.decimal === "," && /\d\.\d/.test(cell)
      ? ` with a decimal comma (the option thousands is for marks between digits)`
      : dialect.decimal === "." && /\d,\d/.test(cell)
      ? ` with a decimal point (the options decimal and thousands are for others)`
      : "";
    const hint = cellHint(cell) ?? cellHint(columns[0].name);
    return new SyntaxError(
      `Cannot read ${name}: line ${line}, column ${JSON.stringify(columns[column].name)} has ` +
        `${JSON.stringify(shownCell(cell))}, ${needed}${mark} is needed as in other rows; ` +
        `name the cell in the option missing if it stands for a missing value, ` +
        `or the column in exclude${hint === undefined ? "" : ` (${hint})`}`,
    );
  }
}

function isDigits(cell: string): boolean {
  return /^\s*[+-]?\d+\s*$/.test(cell);
}

/** Returns true if a cell consists of the given bytes. */
function isSame(bytes: Uint8Array, start: number, end: number, cell: Uint8Array): boolean {
  if (end - start !== cell.length || end === start) return false;
  for (let i = 0; i < cell.length; i++) if (bytes[start + i] !== cell[i]) return false;
  return true;
}
