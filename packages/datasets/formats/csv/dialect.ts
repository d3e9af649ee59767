import Papa from "papaparse";
import { cellNumber, type Notation } from "../../table/cell_number.ts";

/** Marks and notation of a text table. */
export interface Dialect extends Notation {
  /** Text between cells. */
  readonly delimiter: string;
  /** Character at the end of a line: `"\n"`, or `"\r"` in files without it. */
  readonly newline: "\n" | "\r";
}

/** Properties of the dialect that the caller knows. */
export interface DialectOptions {
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly thousands?: string;
}

const delimiters = [",", "\t", ";", "|"];
const SAMPLE_ROWS = 100;

/**
 * Finds the marks of a text table in its beginning: those with which most of its rows have the same
 * number of cells, more than one, and most of the cells are numbers.
 *
 * @param text The beginning of the file.
 * @param options Properties of the dialect that the caller knows.
 * @param missing Cells that stand for a missing value.
 */
export function findDialect(
  text: string,
  { delimiter, decimal, thousands }: DialectOptions,
  missing: ReadonlySet<string>,
): Dialect {
  const newline = text.includes("\n") ? "\n" : text.includes("\r") ? "\r" : "\n";
  const choices: Dialect[] = [];
  for (const mark of delimiter === undefined ? delimiters : [delimiter]) {
    for (const point of decimal === undefined ? [".", ","] as const : [decimal]) {
      if (mark === point) continue;
      choices.push({ delimiter: mark, decimal: point, thousands, newline, missing });
    }
  }
  let best = choices[0];
  let bestScore = 0;
  const rowsOf = new Map<string, string[][]>();
  for (const choice of choices) {
    const mark = choice.delimiter;
    if (!rowsOf.has(mark)) rowsOf.set(mark, sampleRows(text, choice));
    const score = dialectScore(rowsOf.get(mark)!, choice);
    if (score > bestScore) [best, bestScore] = [choice, score];
  }
  return best;
}

/** Returns the first rows of a text, without empty ones and without one that is cut short. */
function sampleRows(text: string, { delimiter, newline }: Dialect): string[][] {
  const { data } = Papa.parse<string[]>(text, { delimiter, newline, preview: SAMPLE_ROWS });
  const isWhole = data.length === SAMPLE_ROWS || /[\n\r]$/.test(text) || data.length < 2;
  const rows = isWhole ? data : data.slice(0, -1);
  return rows.filter((row) => row.length > 1 || row[0].trim() !== "");
}

/** Returns 0 for a table of one column, otherwise a number that grows with what speaks for a dialect. */
function dialectScore(rows: readonly string[][], notation: Notation): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, times] = [...counts].reduce((most, one) => one[1] > most[1] ? one : most, [1, 0]);
  if (width < 2) return 0;
  let numbers = 0;
  let cells = 0;
  for (const row of rows) {
    if (row.length !== width) continue;
    for (const cell of row) {
      cells++;
      if (cellNumber(cell.trim(), notation) !== undefined) numbers++;
    }
  }
  // Regular rows count most; a table of text alone is one, too.
  return times / rows.length + numbers / cells + 0.01;
}
