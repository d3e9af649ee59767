/** Elements that a block should hold: some 10 µs of work. */
const ELEMENTS = 16384;

/** How many rows of this many columns make a block. */
export function rowsOfBlock(columns: number): number {
  return Math.max(1, Math.floor(ELEMENTS / Math.max(columns, 1)));
}
