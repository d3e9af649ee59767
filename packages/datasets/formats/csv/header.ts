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
 * number, or if it is one that pandas writes above columns without names, `,0,1,2`.
 */
export function isHeader(row: readonly string[], notation: Notation): boolean {
  const cells = row.map((cell) => cell.trim());
  if (cells.length > 1 && cells[0] === "" && cells.slice(1).every((cell, i) => cell === `${i}`)) {
    return true;
  }
  if (cells.every((cell) => notation.missing.has(cell))) return false;
  return cells.every((cell) => Number.isNaN(cellNumber(cell, notation) ?? NaN));
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
