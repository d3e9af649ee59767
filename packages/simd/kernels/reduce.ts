// @ts-nocheck AssemblyScript
// Sums are taken in float64, as the CPU backend takes them, in an order that depends on the shape
// alone.
import { argument, nextBlock } from "./shared/job.ts";
import { promoteHigh, promoteLow, sumLanes64 } from "./shared/vector.ts";

/** Number of elements in a block. */
const BLOCK: i32 = 16384;
/** Number of columns that are summed side by side. */
const STRIP: i32 = 16;

/**
 * Sums rows, and multiplies by `scale`. Arguments: x, out, rows, columns, scale, rows per block.
 */
export function sumRows(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 2);
  const step = argument<i32>(args, 5);
  for (let start = nextBlock(thread) * step; start < rows; start = nextBlock(thread) * step) {
    sumRowBlock(args, start, min(start + step, rows));
  }
}

export function sumRowBlock(args: usize, start: i32, end: i32): void {
  const columns = argument<i32>(args, 3);
  const scale = argument<f64>(args, 4);
  let x = argument<usize>(args, 0) + <usize> start * columns * 4;
  let out = argument<usize>(args, 1) + <usize> start * 4;
  for (let row = start; row < end; row++) {
    store<f32>(out, <f32> (sumRun(x, columns) * scale));
    x += <usize> columns << 2;
    out += 4;
  }
}

/** Sums blocks of a long run, in float64. Arguments: x, out, size. */
export function sumBlocks(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const out = argument<usize>(args, 1);
  const size = argument<i32>(args, 2);
  for (let block = nextBlock(thread); block * BLOCK < size; block = nextBlock(thread)) {
    const start = block * BLOCK;
    store<f64>(out + (block << 3), sumRun(x + (<usize> start << 2), min(BLOCK, size - start)));
  }
}

export function sumRun(x: usize, length: i32): f64 {
  let a = f64x2.splat(0), b = a, c = a, d = a;
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    const u = v128.load(x);
    const v = v128.load(x, 16);
    a = f64x2.add(a, promoteLow(u));
    b = f64x2.add(b, promoteHigh(u));
    c = f64x2.add(c, promoteLow(v));
    d = f64x2.add(d, promoteHigh(v));
    x += 32;
  }
  let sum = sumLanes64(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
  for (; i < length; i++) {
    sum += load<f32>(x);
    x += 4;
  }
  return sum;
}

/**
 * Sums columns over blocks of rows, in float64: out is [blocks, columns]. Arguments: x, out, rows,
 * columns, rows per block.
 */
export function sumColumns(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 2);
  const step = argument<i32>(args, 4);
  for (let block = nextBlock(thread); block * step < rows; block = nextBlock(thread)) {
    sumColumnBlock(args, block, min(step, rows - block * step));
  }
}

export function sumColumnBlock(args: usize, block: i32, rows: i32): void {
  const columns = argument<i32>(args, 3);
  const step = argument<i32>(args, 4);
  const x = argument<usize>(args, 0) + <usize> (block * step) * columns * 4;
  const out = argument<usize>(args, 1) + <usize> block * columns * 8;
  memory.fill(out, 0, <usize> columns << 3);
  for (let column = 0; column < columns; column += STRIP) {
    const target = out + (<usize> column << 3);
    const width = min(STRIP, columns - column);
    addStrip(x + (<usize> column << 2), <usize> columns << 2, rows, width, target);
  }
}

/** Adds `rows` rows of at most 16 columns to float64 sums. */
export function addStrip(x: usize, stride: usize, rows: i32, width: i32, out: usize): void {
  if (width < STRIP) {
    for (let column = 0; column < width; column++) {
      let sum: f64 = 0;
      let at = x + (column << 2);
      for (let row = 0; row < rows; row++, at += stride) sum += load<f32>(at);
      store<f64>(out + (column << 3), sum);
    }
    return;
  }
  let a = f64x2.splat(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
  for (let row = 0; row < rows; row++, x += stride) {
    const p = v128.load(x);
    a = f64x2.add(a, promoteLow(p));
    b = f64x2.add(b, promoteHigh(p));
    const q = v128.load(x, 16);
    c = f64x2.add(c, promoteLow(q));
    d = f64x2.add(d, promoteHigh(q));
    const r = v128.load(x, 32);
    e = f64x2.add(e, promoteLow(r));
    f = f64x2.add(f, promoteHigh(r));
    const s = v128.load(x, 48);
    g = f64x2.add(g, promoteLow(s));
    h = f64x2.add(h, promoteHigh(s));
  }
  v128.store(out, a), v128.store(out, b, 16), v128.store(out, c, 32), v128.store(out, d, 48);
  v128.store(out, e, 64), v128.store(out, f, 80), v128.store(out, g, 96), v128.store(out, h, 112);
}

/** Finds the greatest values of rows. Arguments: x, out, rows, columns, rows per block. */
export function maxRows(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 2);
  const step = argument<i32>(args, 4);
  for (let start = nextBlock(thread) * step; start < rows; start = nextBlock(thread) * step) {
    maxRowBlock(args, start, min(start + step, rows));
  }
}

export function maxRowBlock(args: usize, start: i32, end: i32): void {
  const columns = argument<i32>(args, 3);
  let x = argument<usize>(args, 0) + <usize> start * columns * 4;
  let out = argument<usize>(args, 1) + <usize> start * 4;
  for (let row = start; row < end; row++) {
    store<f32>(out, maxRun(x, columns));
    x += <usize> columns << 2;
    out += 4;
  }
}

/** Returns the greatest value of a run; NaN if it holds one. */
export function maxRun(x: usize, length: i32): f32 {
  let greatest = f32x4.splat(f32.NEGATIVE_INFINITY);
  let i = 0;
  for (; i + 4 <= length; i += 4, x += 16) greatest = f32x4.max(greatest, v128.load(x));
  let result = max(
    max(f32x4.extract_lane(greatest, 0), f32x4.extract_lane(greatest, 1)),
    max(f32x4.extract_lane(greatest, 2), f32x4.extract_lane(greatest, 3)),
  );
  for (; i < length; i++, x += 4) result = max(result, load<f32>(x));
  return result;
}
