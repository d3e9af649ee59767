/** Number of elements that a block should hold: some 10 µs of work. */
const ELEMENTS = 16384;

/** Returns the number of rows, of so many columns each, that make a block. */
export function rowsOfBlock(columns: number): number {
  return Math.max(1, Math.floor(ELEMENTS / Math.max(columns, 1)));
}
