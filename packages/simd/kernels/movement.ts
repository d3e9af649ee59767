// @ts-nocheck AssemblyScript
import { argument, nextBlock } from "./shared/job.ts";
import { transpose } from "./shared/pack.ts";

/** Number of rows of a transposition's result that a block writes. */
const STRIPE: i32 = 64;

/**
 * Transposes matrices. Arguments: x, out, rows and columns of x, number of matrices.
 * A block is 64 columns of one matrix.
 */
export function transposeMatrices(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 2);
  const columns = argument<i32>(args, 3);
  const matrices = argument<i32>(args, 4);
  const stripes = (columns + STRIPE - 1) / STRIPE;
  const bytes = <usize> rows * columns * 4;
  for (let block = nextBlock(thread); block < stripes * matrices; block = nextBlock(thread)) {
    const offset = <usize> (block / stripes) * bytes;
    const first = block % stripes * STRIPE;
    const x = argument<usize>(args, 0) + offset + (first << 2);
    const out = argument<usize>(args, 1) + offset + <usize> first * rows * 4;
    transposeStripe(x, out, rows, columns, min(STRIPE, columns - first));
  }
}

export function transposeStripe(x: usize, out: usize, rows: i32, columns: i32, width: i32): void {
  const stride = <usize> columns << 2;
  const outStride = <usize> rows << 2;
  let row = 0;
  // Sixteen rows at a time fill whole lines of the result, which then need not be fetched again.
  for (; row + 16 <= rows && (width & 3) === 0; row += 16) {
    const from = x + row * stride;
    const to = out + (row << 2);
    for (let column = 0; column < width; column += 4) {
      const source = from + (column << 2);
      const target = to + column * outStride;
      transpose(source, stride, target, outStride);
      transpose(source + 4 * stride, stride, target + 16, outStride);
      transpose(source + 8 * stride, stride, target + 32, outStride);
      transpose(source + 12 * stride, stride, target + 48, outStride);
    }
  }
  for (; row + 4 <= rows; row += 4) {
    const from = x + row * stride;
    const to = out + (row << 2);
    let column = 0;
    for (; column + 4 <= width; column += 4) {
      transpose(from + (column << 2), stride, to + column * outStride, outStride);
    }
    for (; column < width; column++) {
      for (let i = 0; i < 4; i++) copy(from + i * stride, to + (i << 2), column, outStride);
    }
  }
  for (; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      copy(x + row * stride, out + (row << 2), column, outStride);
    }
  }
}

// @ts-ignore: decorator
@inline
function copy(from: usize, to: usize, column: i32, outStride: usize): void {
  store<f32>(to + column * outStride, load<f32>(from + (column << 2)));
}

/**
 * Copies rows by index. Arguments: x, out, indices (int32), rows of the result, bytes per row, rows
 * per block.
 */
export function gatherRows(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 3);
  const step = argument<i32>(args, 5);
  for (let start = nextBlock(thread) * step; start < rows; start = nextBlock(thread) * step) {
    gatherBlock(args, start, min(start + step, rows));
  }
}

export function gatherBlock(args: usize, start: i32, end: i32): void {
  const x = argument<usize>(args, 0);
  const indices = argument<usize>(args, 2);
  const bytes = argument<usize>(args, 4);
  let out = argument<usize>(args, 1) + start * bytes;
  for (let row = start; row < end; row++) {
    memory.copy(out, x + <usize> load<i32>(indices + (row << 2)) * bytes, bytes);
    out += bytes;
  }
}
