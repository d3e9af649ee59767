import { hostMatrix } from "./host_matrix.ts";
import { joinRows } from "./join_rows.ts";
import type { HostMatrix } from "./matrix.ts";
import { type ReaderRules, RowReader } from "./row_reader.ts";
import { isRowSource, type RowsLike } from "./row_source.ts";
import type { Rows } from "./rows.ts";

/**
 * Checks data in memory, as {@link hostMatrix} does, or opens a source. A source of one block is
 * read, and from then on a matrix as any other.
 *
 * @param x The data, shape [n, d], finite.
 * @param name Name of the data in error messages.
 * @param rules Further requirements.
 * @param signal Ends the reading.
 * @returns A matrix, or a reader if the source has more than one block.
 * @throws {TypeError} If `x` is neither a matrix nor a source.
 * @throws {RangeError} If the shape or a value is not as required.
 */
export async function openRows(
  x: RowsLike,
  name = "x",
  rules: ReaderRules = {},
  signal?: AbortSignal,
): Promise<Rows> {
  if (!isRowSource(x)) return await hostMatrix(x, name, rules, signal);
  const reader = new RowReader(x, name, rules);
  if (reader.shape[0] > reader.blockRows) return reader;
  const blocks: HostMatrix[] = [];
  for await (const block of reader.blocks(signal)) blocks.push(block.x);
  return joinRows(blocks);
}
