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
 * Tells whether numbers in a row, each by one more than the last, or a year, count columns: beside a name above
 * numbers, or where numbers of another kind stand below all of them.
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
  const [first] = numbers;
  const last = first + numbers.length - 1;
  const isRun = numbers.length > 0 && numbers.every((number, i) => number === first + i);
  const isYear = (number: number) => Number.isInteger(number) && number >= 1500 && number <= 2100;
  const areYears = numbers.every(isYear);
  if (!isRun || numbers.length < (areYears ? 1 : 2) || names.length === 0 || below.length === 0) {
    return false;
  }
  if (names.some((j) => cellNumber(cells[j], notation) !== undefined)) return false;
  const values = (j: number) =>
    below.map((row) => cellNumber(row[j]?.trim() ?? "", notation) ?? NaN)
      .filter((number) => !Number.isNaN(number));
  const isAlike = (number: number) => areYears ? isYear(number) : number >= first && number <= last;
  if (names.some((j) => 2 * values(j).length > below.length)) return true;
  return areYears && counted.every((j) => !values(j).some(isAlike));
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
