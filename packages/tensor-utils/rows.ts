import { inPieces, pacer, pieceSize } from "./abort.ts";
import { arrayKind } from "./array_kind.ts";
import { addScaled, copyRows, emptyLike, type HostMatrix, rowRange, takeRows } from "./matrix.ts";
import { wideMagnitude } from "./power_of_two.ts";
import type { RowReader, RowsBlock } from "./row_reader.ts";
import type { RowSource } from "./row_source.ts";

/** Checked rows: a matrix in memory, or a reader of blocks. */
export type Rows = HostMatrix | RowReader;

/**
 * Returns true for rows that are read block by block.
 *
 * @param rows Checked rows.
 * @returns False for a matrix in memory.
 */
export function isReader(rows: Rows): rows is RowReader {
  return !("values" in rows);
}

/**
 * Yields the rows from first to last: the blocks of a reader, or a matrix as one block.
 *
 * @param rows Checked rows.
 * @param signal Ends the reading.
 * @returns Blocks in order.
 */
export async function* rowBlocks(rows: Rows, signal?: AbortSignal): AsyncGenerator<RowsBlock> {
  if (isReader(rows)) yield* rows.blocks(signal);
  else yield await Promise.resolve({ x: rows, firstRow: 0 });
}

/**
 * Yields the rows from first to last in parts that take some milliseconds to read, and lets the
 * event loop turn between them: for loops over all numbers on the host.
 *
 * @param rows Checked rows.
 * @param signal Ends the reading.
 * @param numbers Number of numbers per part, about; 2²⁰ by default.
 * @returns Parts in order; their sizes depend on the number of columns, and on the blocks of a reader.
 */
export async function* rowPieces(
  rows: Rows,
  signal?: AbortSignal,
  numbers = 2 ** 20,
): AsyncGenerator<RowsBlock> {
  const pace = pacer(signal);
  const most = Math.max(1, Math.floor(numbers / rows.shape[1]));
  for await (const { x, firstRow } of rowBlocks(rows, signal)) {
    const [n] = x.shape;
    for (let from = 0; from < n; from += most) {
      await pace();
      yield { x: rowRange(x, from, Math.min(n, from + most)), firstRow: firstRow + from };
    }
  }
}

/**
 * Returns the rows of a reader as a source again, whose blocks have been checked.
 *
 * @param rows The reader.
 */
export function readerSource(rows: RowReader): RowSource {
  return {
    shape: rows.shape,
    passes: rows.passes,
    async *blocks(signal) {
      for await (const { x } of rows.blocks(signal)) yield x;
    },
  };
}

/**
 * Returns rows that are changed block by block: at once for a matrix, when they are read otherwise.
 *
 * @param rows Checked rows.
 * @param change Returns a matrix of as many rows.
 * @returns The changed rows.
 */
export function mapRows<Kind extends Rows>(
  rows: Kind,
  change: (x: HostMatrix) => HostMatrix,
): Kind {
  // Of the same kind as what was given.
  return (isReader(rows) ? rows.map(change) : change(rows)) as Kind;
}

/**
 * Returns the largest magnitude of all blocks that {@link wideMagnitude} finds.
 *
 * @param rows Checked rows; a reader reads all of them, unless it has done so before.
 * @param signal Ends the reading.
 * @returns A number for `safeExponent`.
 */
export async function rowsMagnitude(rows: Rows, signal?: AbortSignal): Promise<number> {
  if (isReader(rows)) return await rows.magnitude(signal);
  if (arrayKind(rows.values) !== "Float64Array" || "largest" in rows) return wideMagnitude(rows);
  let magnitude = 0;
  for await (const { x } of rowPieces(rows, signal)) {
    magnitude = Math.max(magnitude, wideMagnitude(x));
  }
  return magnitude;
}

/**
 * Copies some rows, in the given order; while there are many, the event loop turns.
 *
 * @param rows Checked rows; a reader reads them up to the last one that is asked for.
 * @param indices Indices from 0 to n − 1; any may come several times.
 * @param signal Ends the reading.
 * @returns A matrix of as many rows as indices.
 */
export async function gatherRows(
  rows: Rows,
  indices: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  if (isReader(rows)) return await rows.gather(indices, signal);
  const [n, d] = [indices.length, rows.shape[1]];
  const most = pieceSize(d);
  if (n <= most) return takeRows(rows, indices);
  const values = emptyLike(rows.values, n * d);
  await inPieces(n, most, (start, end) => copyRows(rows, indices, values, start, end), signal);
  return { values, shape: [n, d] };
}

/**
 * Returns the mean of each column, in float64: rows are added up one by one, so that blocks make no
 * difference.
 *
 * @param rows Checked rows; a reader reads all of them.
 * @param signal Ends the reading.
 * @returns One mean per column, d numbers.
 */
export async function rowsMeans(rows: Rows, signal?: AbortSignal): Promise<Float64Array> {
  const means = (await scaledSums(rows, 1, signal)).map((sum) => sum / rows.shape[0]);
  if (means.every(Number.isFinite)) return means;
  // A sum can exceed float64 even if the mean does not.
  const sums = await scaledSums(rows, 2 ** -64, signal);
  return sums.map((sum) => sum / rows.shape[0] * 2 ** 64);
}

async function scaledSums(
  rows: Rows,
  scale: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = rows.shape[1];
  const sums = new Float64Array(d);
  for await (const { x: { values } } of rowPieces(rows, signal)) addScaled(values, scale, sums);
  return sums;
}
