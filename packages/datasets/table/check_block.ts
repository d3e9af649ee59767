import type { RowBlock } from "./open_table.ts";

/**
 * Counts the missing cells of a block, and refuses infinities.
 *
 * @param block The block.
 * @param names Name of each column.
 * @param file Name of the file in error messages.
 * @param firstRow Index of its first row in the table.
 * @param missing Number of missing cells per column, to which those of the block are added.
 * @throws {RangeError} If a value is infinite.
 */
export function checkBlock(
  { values }: RowBlock,
  names: readonly string[],
  file: string,
  firstRow: number,
  missing: number[],
): void {
  if (values instanceof Uint8Array) return;
  const d = names.length;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // value − value is 0 for finite numbers and NaN for all others: one test for the common case.
    if (value - value === 0) continue;
    if (value !== value) {
      missing[i % d]++;
      continue;
    }
    throw new RangeError(
      `Cannot read ${file}: row ${firstRow + Math.floor(i / d)}, column ` +
        `${JSON.stringify(names[i % d])} is ${value}, finite numbers are needed`,
    );
  }
}
