import type { ByteSource } from "../../sources/byte_source.ts";
import { matrixTable } from "../../table/matrix_table.ts";
import type { OpenTable } from "../../table/open_table.ts";
import { matrixShape } from "./npy_array.ts";
import { rowSlices } from "./row_slices.ts";

/**
 * Opens an IDX file of bytes. Its first dimension are the rows, all others together the columns.
 *
 * @throws {SyntaxError} If it holds other numbers, or is cut short.
 */
export async function openIdx(source: ByteSource): Promise<OpenTable> {
  const head = await source.slice(0, 4 + 4 * 255);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const dimensions = head[3];
  if (head[2] !== 8 || dimensions === 0 || head.length < 4 + 4 * dimensions) {
    throw new SyntaxError(
      `Cannot read ${source.name}: its header is no one of an IDX file of bytes, which begins ` +
        `with 00 00 08 and the number of dimensions`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const [n, d] = matrixShape(shape);
  const offset = 4 + 4 * dimensions;
  if (n * d > 0 && (await source.slice(offset + n * d - 1, offset + n * d)).length === 0) {
    throw new SyntaxError(
      `Cannot read ${source.name}: its header of shape [${shape}] announces ${offset + n * d} ` +
        `bytes, it is cut short`,
    );
  }
  const [, height, width] = shape;
  return matrixTable({
    n,
    d,
    imageShape: dimensions === 3 ? { height, width, channels: 1 } : undefined,
    isRanged: source.canSeek,
    async *read(plan) {
      for await (const { bytes, ...slice } of rowSlices(source, { n, rowBytes: d, offset }, plan)) {
        yield { ...slice, values: bytes.slice() };
      }
    },
  });
}
