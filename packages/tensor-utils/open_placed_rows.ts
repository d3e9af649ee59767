import { openRows } from "./open_rows.ts";
import { placedMatrix } from "./operations/placed_matrix.ts";
import type { ReaderRules } from "./row_reader.ts";
import { isRowSource, type RowsLike } from "./row_source.ts";
import type { Rows } from "./rows.ts";

/**
 * Opens data as {@link openRows} does; a matrix as {@link placedMatrix} does, to be used within
 * {@link releasing}.
 *
 * @param x The data, shape [n, d], finite.
 * @param name Name of the data in error messages.
 * @param rules Further requirements.
 * @param signal Ends the reading.
 * @returns A matrix, or a reader if the source has more than one block.
 * @throws {TypeError} If `x` is neither a matrix nor a source.
 * @throws {RangeError} If the shape or a value is not as required.
 */
export async function openPlacedRows(
  x: RowsLike,
  name = "x",
  rules: ReaderRules = {},
  signal?: AbortSignal,
): Promise<Rows> {
  return isRowSource(x)
    ? await openRows(x, name, rules, signal)
    : await placedMatrix(x, name, rules, signal);
}
