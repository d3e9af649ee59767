/** Notation of the numbers in a file of text. */
export interface Notation {
  /** Mark between whole and fractional digits. */
  readonly decimal: "." | ",";
  /** Mark between groups of three digits; undefined if there is none. */
  readonly thousands?: string;
  /** Cells that stand for a missing value. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Reads a cell that is not written in the plainest way.
 *
 * @param cell The cell, without white space around it.
 * @param notation Notation of the file.
 * @returns The number; NaN for a missing one, and undefined for anything else, infinities included.
 */
export function cellNumber(
  cell: string,
  { decimal, thousands, missing }: Notation,
): number | undefined {
  if (missing.has(cell)) return NaN;
  const grouped = thousands !== undefined && cell.includes(thousands);
  const text = grouped ? ungrouped(cell, thousands, decimal) : cell;
  if (decimal === "," && text.includes(".")) return undefined;
  const plain = decimal === "," ? text.replace(",", ".") : text;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** Returns 1 for a cell that says true, 0 for false, NaN for a missing one. */
export function cellBoolean(cell: string, missing: ReadonlySet<string>): number | undefined {
  if (/^true$/i.test(cell)) return 1;
  if (/^false$/i.test(cell)) return 0;
  return missing.has(cell) ? NaN : undefined;
}

/** Removes the marks between groups of digits; text with misplaced marks stays as it is. */
function ungrouped(cell: string, thousands: string, decimal: string): string {
  const [whole, ...rest] = cell.split(decimal);
  const [first, ...groups] = whole.split(thousands);
  const isGrouped = /^[+-]?\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
  return isGrouped ? [[first, ...groups].join(""), ...rest].join(decimal) : cell;
}
