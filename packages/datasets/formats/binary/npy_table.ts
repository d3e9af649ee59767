import type { ByteSource } from "../../sources/byte_source.ts";
import { type MatrixBlock, matrixTable, type RowsPlan } from "../../table/matrix_table.ts";
import type { OpenTable } from "../../table/open_table.ts";
import {
  byRows,
  matrixShape,
  NPY_HEAD_BYTES,
  type NpyArray,
  npyHeader,
  npyNumbers,
} from "./npy_array.ts";
import { rowSlices, type StoredRows } from "./row_slices.ts";

/**
 * Opens an NPY file. Its first dimension are the rows, all others together the columns.
 *
 * @throws {SyntaxError} If it is damaged, or holds something else than numbers.
 */
export async function openNpy(source: ByteSource): Promise<OpenTable> {
  const array = npyHeader(await source.slice(0, NPY_HEAD_BYTES), source.name);
  // Checks the type before anything is read.
  npyNumbers(new Uint8Array(0), array, source.name);
  const [n, d] = matrixShape(array.shape);
  const size = n * d * array.itemBytes;
  const end = array.offset + size;
  const last = size === 0 ? 1 : (await source.slice(end - 1, end)).length;
  if (last === 0) {
    throw new SyntaxError(
      `Cannot read ${source.name}: its header of shape [${array.shape}] announces ${end} bytes, ` +
        `it is cut short`,
    );
  }
  const rowBytes = Math.max(1, d * array.itemBytes);
  const isByColumns = array.isFortran && d > 1;
  const read = isByColumns
    ? () => wholeBlock(source, array, n, d)
    : (plan: RowsPlan) => rowBlocks(source, array, { n, rowBytes, offset: array.offset }, plan);
  return matrixTable({ n, d, isRanged: source.canSeek && !isByColumns, read });
}

async function* rowBlocks(
  source: ByteSource,
  array: NpyArray,
  rows: StoredRows,
  plan: RowsPlan,
): AsyncGenerator<MatrixBlock> {
  for await (const { bytes, lent, ...slice } of rowSlices(source, rows, plan)) {
    yield { ...slice, values: npyNumbers(bytes, array, source.name, lent) };
  }
}

/** Reads an array whose columns are contiguous whole. */
async function* wholeBlock(
  source: ByteSource,
  array: NpyArray,
  n: number,
  d: number,
): AsyncGenerator<MatrixBlock> {
  const end = array.offset + n * d * array.itemBytes;
  const stored = npyNumbers(await source.slice(array.offset, end), array, source.name);
  yield { rows: n, values: byRows(stored, array, source.name), bytesRead: end };
}
