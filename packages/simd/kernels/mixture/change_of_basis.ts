// @ts-nocheck AssemblyScript
// How precision factors changed from one pass to the next, from which the host sees how far bounds hold.
import { argument, nextBlock } from "../shared/job.ts";
import { multiplyAdd64 } from "../shared/vector.ts";

/** E = W W'⁻¹ - 1 of lower triangles, a row per block. Arguments: W, W', E, d, number of triangles of each. */
export function changeOfBasis(thread: i32, args: usize): void {
  const d = argument<i32>(args, 3);
  const count = argument<i32>(args, 4);
  for (let block = nextBlock(thread); block < d * count; block = nextBlock(thread)) {
    // The last rows first: they are the longest, and no thread should begin one when the others are done.
    const row = d - 1 - block / count;
    const matrix = <usize> (block % count * d * d) << 3;
    const at = matrix + (<usize> (row * d) << 3);
    const e = argument<usize>(args, 2) + at;
    solveRow(argument<usize>(args, 0) + at, argument<usize>(args, 1) + matrix, e, d, row);
  }
}

/** Solves (E + 1) W' = W for a row, from its last column on, along the rows of W'. */
export function solveRow(w: usize, after: usize, e: usize, d: i32, row: i32): void {
  const bytes = <usize> d << 3;
  const length = <usize> (row + 1) << 3;
  memory.copy(e, w, length);
  memory.fill(e + length, 0, bytes - length);
  after += <usize> row * bytes;
  for (let p = row; p >= 0; p--, after -= bytes) {
    const last = <usize> p << 3;
    const value = load<f64>(e + last) / load<f64>(after + last);
    store<f64>(e + last, value);
    const negative = f64x2.splat(-value);
    let at: usize = 0;
    for (; at + 16 <= last; at += 16) {
      v128.store(e + at, multiplyAdd64(negative, v128.load(after + at), v128.load(e + at)));
    }
    if (at < last) store<f64>(e + at, load<f64>(e + at) - value * load<f64>(after + at));
  }
  store<f64>(e + length - 8, load<f64>(e + length - 8) - 1);
}
