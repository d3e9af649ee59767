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
  for (let start = nextBlock() * step; start < rows; start = nextBlock() * step) {
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

function greatest(x: usize, columns: i32): f32 {
  let all = f32x4.splat(f32.NEGATIVE_INFINITY);
  let i = 0;
  for (; i + 4 <= columns; i += 4, x += 16) all = f32x4.max(all, v128.load(x));
  let result = max(
    max(f32x4.extract_lane(all, 0), f32x4.extract_lane(all, 1)),
    max(f32x4.extract_lane(all, 2), f32x4.extract_lane(all, 3)),
  );
  for (; i < columns; i++, x += 4) result = max(result, load<f32>(x));
  return result;
}

/** out = e^(x - shift); returns the sum. */
function exponentials(x: usize, out: usize, columns: i32, shift: v128): f32 {
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= columns; i += 4) {
    const e = exp4(f32x4.sub(v128.load(x), shift));
    v128.store(out, e);
    sums = f32x4.add(sums, e);
    x += 16;
    out += 16;
  }
  let sum = sumLanes(sums);
  for (; i < columns; i++) {
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
