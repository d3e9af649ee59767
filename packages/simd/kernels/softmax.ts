// @ts-nocheck AssemblyScript
import { exp4 } from "./shared/exp.ts";
import { argument, nextBlock } from "./shared/job.ts";
import { sumLanes } from "./shared/vector.ts";

/**
 * Softmax of rows. Arguments: x, out, rows, columns, rows of a block.
 */
export function softmax(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 2);
  const step = argument<i32>(args, 4);
  for (let start = nextBlock(thread) * step; start < rows; start = nextBlock(thread) * step) {
    softmaxBlock(args, start, min(start + step, rows));
  }
}

export function softmaxBlock(args: usize, start: i32, end: i32): void {
  const columns = argument<i32>(args, 3);
  const bytes = <usize> columns << 2;
  let x = argument<usize>(args, 0) + start * bytes;
  let out = argument<usize>(args, 1) + start * bytes;
  for (let row = start; row < end; row++) {
    const shift = f32x4.splat(greatest(x, columns));
    const sum = exponentials(x, out, columns, shift);
    scale(out, columns, sum);
    x += bytes;
    out += bytes;
  }
}

/** The greatest of a row; a NaN may be missed here, its exponential makes the sum NaN. */
function greatest(x: usize, columns: i32): f32 {
  let all = f32x4.splat(f32.NEGATIVE_INFINITY);
  let i = 0;
  for (; i + 4 <= columns; i += 4, x += 16) all = f32x4.pmax(all, v128.load(x));
  let result = max(
    max(f32x4.extract_lane(all, 0), f32x4.extract_lane(all, 1)),
    max(f32x4.extract_lane(all, 2), f32x4.extract_lane(all, 3)),
  );
  for (; i < columns; i++, x += 4) result = max(result, load<f32>(x));
  return result;
}

/** out = e^(x - shift); returns the sum. */
function exponentials(x: usize, out: usize, columns: i32, shift: v128): f32 {
  if (columns < 4) return fewExponentials(x, out, columns, shift);
  let sums = f32x4.splat(0), more = sums;
  let i = 0;
  for (; i + 8 <= columns; i += 8) {
    const e = exp4(f32x4.sub(v128.load(x), shift));
    const f = exp4(f32x4.sub(v128.load(x, 16), shift));
    v128.store(out, e);
    v128.store(out, f, 16);
    sums = f32x4.add(sums, e);
    more = f32x4.add(more, f);
    x += 32;
    out += 32;
  }
  // The last vectors end at the end of the row; what was done already is done again, not summed.
  for (; i < columns; i += 4) {
    const done = max(i + 4 - columns, 0);
    const back = <usize> done << 2;
    const e = exp4(f32x4.sub(v128.load(x - back), shift));
    v128.store(out - back, e);
    const fresh = i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(done));
    sums = f32x4.add(sums, v128.and(e, fresh));
    x += 16;
    out += 16;
  }
  return sumLanes(f32x4.add(sums, more));
}

function fewExponentials(x: usize, out: usize, columns: i32, shift: v128): f32 {
  let sum: f32 = 0;
  for (let i = 0; i < columns; i++) {
    const e = f32x4.extract_lane(exp4(f32x4.sub(v128.load32_splat(x), shift)), 0);
    store<f32>(out, e);
    sum += e;
    x += 4;
    out += 4;
  }
  return sum;
}

function scale(out: usize, columns: i32, sum: f32): void {
  const divisor = f32x4.splat(sum);
  let i = 0;
  for (; i + 4 <= columns; i += 4, out += 16) {
    v128.store(out, f32x4.div(v128.load(out), divisor));
  }
  for (; i < columns; i++, out += 4) store<f32>(out, load<f32>(out) / sum);
}
