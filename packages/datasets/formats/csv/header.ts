import { cellNumber, type Notation } from "../../table/cell_number.ts";

/** Rows at the beginning of a text table, with the line of each. */
export interface SampleRows {
  /** Cells of each row. */
  readonly rows: readonly string[][];
  /** Line at which each row begins, from 1. */
  readonly lines: readonly number[];
}

/**
 * Tells whether the first row of a table names its columns: it does if none of its cells is a
 * number, if it is one that pandas writes above columns without names, `,0,1,2`, or if it counts
 * columns beside a name, `country,2019,2020`, and the rows below do not go on so.
 *
 * @param rows The first rows.
 * @param notation Notation of numbers in the file.
 */
export function isHeader(rows: readonly (readonly string[])[], notation: Notation): boolean {
  const cells = rows[0].map((cell) => cell.trim());
  if (cells.length > 1 && cells[0] === "" && cells.slice(1).every((cell, i) => cell === `${i}`)) {
    return true;
  }
  if (cells.every((cell) => notation.missing.has(cell))) return false;
  return cells.every((cell) => Number.isNaN(cellNumber(cell, notation) ?? NaN)) ||
    countsColumns(cells, rows.slice(1), notation);
}

/**
 * Tells whether the whole numbers in a row count columns, each by one more than the last: two or more beside a name
 * above numbers, or years beside a name or nothing, without years below.
 */
function countsColumns(
  cells: readonly string[],
  below: readonly (readonly string[])[],
  notation: Notation,
): boolean {
  const indices = cells.map((_, j) => j);
  const counted = indices.filter((j) => /^\d+$/.test(cells[j]));
  const names = indices.filter((j) => !counted.includes(j));
  const numbers = counted.map((j) => Number(cells[j]));
  const isRun = numbers.every((number, i) => number === numbers[0] + i);
  if (!isRun || names.length === 0 || below.length === 0) return false;
  if (names.some((j) => cells[j] !== "" && cellNumber(cells[j], notation) !== undefined)) {
    return false;
  }
  const values = (j: number) =>
    below.map((row) => cellNumber(row[j]?.trim() ?? "", notation) ?? NaN)
      .filter((number) => !Number.isNaN(number));
  const isAboveNumbers = (j: number) => cells[j] !== "" && 2 * values(j).length > below.length;
  if (numbers.length >= 2 && names.some(isAboveNumbers)) return true;
  const isYear = (number: number) => Number.isInteger(number) && number >= 1500 && number <= 2100;
  return numbers.every(isYear) && !counted.some((j) => values(j).some(isYear));
}

/**
 * Makes names of columns unique: one without a name is named after its index, and repeated names
 * are numbered as pandas does, `x`, `x.1`, `x.2`.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((given, index) => {
    const name = given.trim() || `column ${index}`;
    let unique = name;
    for (let i = 1; used.has(unique); i++) unique = `${name}.${i}`;
    used.add(unique);
    return unique;
  });
}
