import { pacer } from "./abort.ts";
import { joinRows } from "./join_rows.ts";
import { type HostMatrix, takeRows } from "./matrix.ts";
import type { RowReader } from "./row_reader.ts";

/**
 * Copies some rows of a reader, in the given order.
 *
 * @param reader The reader; it is read up to the last row that is asked for.
 * @param indices Indices from 0 to n − 1; any may come several times.
 * @param signal Ends the reading.
 * @returns A matrix of as many rows as indices.
 */
export async function gatherFromBlocks(
  reader: RowReader,
  indices: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  if (indices.length === 0) return { values: new Float64Array(), shape: [0, reader.shape[1]] };
  const pace = pacer(signal);
  await pace();
  const { order, ends } = byBlock(indices, reader);
  const found: HostMatrix[] = [];
  let next = 0;
  for await (const { x, firstRow } of reader.blocks(signal)) {
    const end = ends[found.length];
    found.push(takeRows(x, order.subarray(next, end).map((at) => indices[at] - firstRow)));
    next = end;
    await pace();
    if (next === order.length) break;
  }
  const joined = joinRows(found);
  await pace();
  const places = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) places[order[i]] = i;
  return takeRows(joined, places);
}

/** Orders places in a list of rows by the block that each row is in; returns where each block ends. */
function byBlock(
  indices: ArrayLike<number>,
  { shape: [n], blockRows }: RowReader,
): { order: Uint32Array; ends: Uint32Array } {
  const ends = new Uint32Array(Math.ceil(n / blockRows) + 1);
  for (let i = 0; i < indices.length; i++) ends[1 + Math.floor(indices[i] / blockRows)]++;
  for (let block = 1; block < ends.length; block++) ends[block] += ends[block - 1];
  const order = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) order[ends[Math.floor(indices[i] / blockRows)]++] = i;
  return { order, ends };
}
