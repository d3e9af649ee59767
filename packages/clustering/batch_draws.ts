import {
  blockRowsFor,
  gatherRows,
  type HostMatrix,
  isReader,
  type Random,
  rowRange,
  type Rows,
} from "@mixtape/tensor-utils";

/** Rows drawn for one step. */
export interface Batch {
  /** Index of each row. */
  readonly rows: Uint32Array;
  readonly x: HostMatrix;
}

/**
 * Draws batches of rows with replacement, the same ones from memory and from a source. A source is
 * read once for as many batches as fit in a block.
 *
 * @param x The data.
 * @param batchSize Number of rows per batch.
 * @param source Randomness of its own: how far ahead it is drawn from depends on the data.
 * @param signal Ends a reading.
 */
export async function* drawBatches(
  x: Rows,
  batchSize: number,
  source: Random,
  signal?: AbortSignal,
): AsyncGenerator<Batch> {
  const [n, d] = x.shape;
  const perReading = isReader(x) ? Math.max(1, Math.floor(blockRowsFor(d) / batchSize)) : 1;
  for (;;) {
    const rows = Uint32Array.from({ length: perReading * batchSize }, () => source.integer(n));
    const all = await gatherRows(x, rows, signal);
    for (let first = 0; first < rows.length; first += batchSize) {
      const end = first + batchSize;
      yield { rows: rows.subarray(first, end), x: rowRange(all, first, end) };
    }
  }
}
