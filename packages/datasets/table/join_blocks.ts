import { arrayKind, type HostMatrix, pacer } from "@mixtape/tensor-utils/host";
import { blockValues, type RowBlock } from "./open_table.ts";

/**
 * Joins blocks of rows, and releases each once it is copied. The event loop turns meanwhile.
 *
 * @param blocks The blocks; emptied.
 * @param rows Number of rows in all of them.
 * @param d Number of columns of each.
 * @param kept Columns to keep, ascending.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function joinBlocks(
  blocks: RowBlock[],
  rows: number,
  d: number,
  kept: readonly number[],
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const shape = [rows, kept.length] as const;
  const isWhole = kept.length === d;
  if (blocks.length === 1 && isWhole) return { values: blocks[0].values, shape };
  const values = blockValues(blocks.map((block) => arrayKind(block.values)), rows * kept.length);
  const pace = pacer(signal);
  let at = 0;
  // From the first to the last, each taken out of the list before it is copied.
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
    await pace();
    if (isWhole) {
      values.set(block.values, at);
      at += block.values.length;
      continue;
    }
    for (let start = 0; start < block.values.length; start += d) {
      for (const j of kept) values[at++] = block.values[start + j];
    }
  }
  return { values, shape };
}
