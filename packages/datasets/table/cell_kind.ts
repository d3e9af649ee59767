import { cellBoolean, cellNumber, type Notation } from "./cell_number.ts";
import type { CellExample, ColumnKind } from "./open_table.ts";
import { shownCell } from "./open_table.ts";

/** Kind of a column, as its first rows show it. */
export interface CellsKind {
  /** The kind. */
  readonly kind: ColumnKind;
  /** Cell that shows the kind, where it is not one of numbers. */
  readonly example?: CellExample;
}

/**
 * Tells the kind of a column of text by its first rows. A column of which at least half of the
 * cells with a value are numbers is one of numbers: what else is in it is a fault that reading it
 * will name.
 *
 * @param cells The first cells, without white space around them.
 * @param lines Line of the file of each cell.
 * @param notation Notation of numbers in the file.
 */
export function cellsKind(
  cells: readonly string[],
  lines: readonly number[],
  notation: Notation,
): CellsKind {
  let [numbers, booleans, dates, values, beyond] = [0, 0, 0, 0, 0];
  let other = -1;
  let large = -1;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (notation.missing.has(cell)) continue;
    values++;
    const number = cellNumber(cell, notation);
    if (number !== undefined) {
      numbers++;
      if (Math.abs(number) > Number.MAX_SAFE_INTEGER && /^[+-]?\d+$/.test(cell)) {
        beyond++;
        large = i;
      }
      continue;
    }
    if (cellBoolean(cell, notation.missing) !== undefined) booleans++;
    else if (isDate(cell)) dates++;
    if (other === -1) other = i;
  }
  if (values === 0) return { kind: "empty" };
  // Whole numbers of which float64 would make others are names of things, not measurements.
  if (2 * beyond > values) {
    return { kind: "identifier", example: { value: shownCell(cells[large]), line: lines[large] } };
  }
  if (2 * numbers >= values) return { kind: "number" };
  const example = { value: shownCell(cells[other]), line: lines[other] };
  if (booleans === values) return { kind: "boolean", example };
  return { kind: dates === values ? "date" : "text", example };
}

/** Returns true for dates and times as ISO 8601 writes them, and for usual dates with slashes or points. */
function isDate(cell: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}.*)?$/.test(cell) ||
    /^\d{1,2}([./])\d{1,2}\1\d{4}( \d{1,2}:\d{2}.*)?$/.test(cell) ||
    /^\d{4}\/\d{1,2}\/\d{1,2}( \d{1,2}:\d{2}.*)?$/.test(cell);
}
