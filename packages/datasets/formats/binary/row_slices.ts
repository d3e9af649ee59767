import { type ByteSource, openSlices } from "../../sources/byte_source.ts";
import { rowsOfBlock, type RowsPlan } from "../../table/matrix_table.ts";

/** Rows of a file, all of as many bytes, one after the other. */
export interface StoredRows {
  /** Number of rows. */
  readonly n: number;
  /** Bytes of a row. */
  readonly rowBytes: number;
  /** Byte at which the first one begins. */
  readonly offset: number;
}

/** Consecutive rows as a file has them. */
export interface RowSlice {
  /** Index of the first of them in the file. */
  readonly firstRow: number;
  /** Number of rows that were asked for. */
  readonly rows: number;
  /** Their bytes, fewer if the file is cut short. */
  readonly bytes: Uint8Array;
  /** Memory that was lent for them. */
  readonly lent?: Uint8Array;
  /** Number of bytes of the file up to the end of these. */
  readonly bytesRead: number;
}

/**
 * Reads rows slice by slice, from a source that is held open meanwhile. The next slice begins to be read
 * when it is asked for, not in a later turn of the event loop: computing may hold the thread until then.
 */
export async function* rowSlices(
  source: ByteSource,
  { n, rowBytes, offset }: StoredRows,
  { blockRows = rowsOfBlock(rowBytes), from = 0, memory }: RowsPlan,
): AsyncGenerator<RowSlice> {
  const opened = await openSlices(source);
  try {
    for (let firstRow = from; firstRow < n; firstRow += blockRows) {
      const rows = Math.min(blockRows, n - firstRow);
      const start = offset + firstRow * rowBytes;
      const lent = memory?.next(rows * rowBytes);
      const bytes = await opened.slice(start, start + rows * rowBytes, lent);
      yield { firstRow, rows, bytes, lent, bytesRead: start + bytes.length };
    }
  } finally {
    await opened.close();
  }
}
