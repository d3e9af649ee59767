// @ts-nocheck AssemblyScript
// What the products of columns need: sums and ranges of columns, and rows less a number per column, as whole
// numbers of 16 bits or in float64. Rows are float32 (kind 0), float64 (1) or bytes (2).
import { argument, nextBlock } from "./shared/job.ts";
import { loadOne, loadPair } from "./shared/load.ts";

/** Rows whose columns are described four at a time before the next: their pages stay in the first-level TLB. */
const STRIP: i32 = 16;

/**
 * Describes the columns in each block of rows. Arguments: x, kind, number of rows, d, origins (d float64), rows
 * of a block, out. `out` has 3 d + 1 float64 per block: sums of the differences from the origins, smallest
 * numbers, largest ones, and 1 if all numbers are whole, else 0.
 */
export function describe(thread: i32, args: usize): void {
  const kind = argument<i32>(args, 1);
  const rows = argument<i32>(args, 2);
  const blockRows = argument<i32>(args, 5);
  for (let block = nextBlock(thread); block * blockRows < rows; block = nextBlock(thread)) {
    const start = block * blockRows;
    const count = min(blockRows, rows - start);
    const to = argument<usize>(args, 6) +
      <usize> block * (<usize> (3 * argument<i32>(args, 3) + 1) << 3);
    if (kind === 0) describeBlock<f32>(args, start, count, to);
    else if (kind === 1) describeBlock<f64>(args, start, count, to);
    else describeBlock<u8>(args, start, count, to);
  }
}

export function describeBlock<T>(args: usize, start: i32, count: i32, to: usize): void {
  const d = argument<i32>(args, 3);
  const width = <usize> d << 3;
  const rowBytes = <usize> d * sizeof<T>();
  const x = argument<usize>(args, 0) + <usize> start * rowBytes;
  let areWhole = 1;
  let j: usize = 0;
  for (; j + 4 <= <usize> d; j += 4) beginFour(to + (j << 3), width);
  for (let row = 0; row < count; row += STRIP) {
    const from = x + <usize> row * rowBytes;
    const rows = min(STRIP, count - row);
    for (j = 0; j + 4 <= <usize> d; j += 4) {
      areWhole &= describeFour<T>(args, from + j * sizeof<T>(), j, rowBytes, rows, to + (j << 3));
    }
  }
  for (; j < <usize> d; j++) {
    const origin = load<f64>(argument<usize>(args, 4) + (j << 3));
    let from = x + j * sizeof<T>();
    let sum: f64 = 0, least: f64 = Infinity, most: f64 = -Infinity;
    for (let row = 0; row < count; row++) {
      const value = loadOne<T>(from);
      sum += value - origin;
      least = min(least, value);
      most = max(most, value);
      areWhole &= <i32> (trunc(value) === value);
      from += rowBytes;
    }
    store<f64>(to + (j << 3), sum);
    store<f64>(to + width + (j << 3), least);
    store<f64>(to + 2 * width + (j << 3), most);
  }
  store<f64>(to + 3 * width, <f64> areWhole);
}

// @ts-ignore: decorator
@inline
function beginFour(to: usize, width: usize): void {
  memory.fill(to, 0, 32);
  v128.store(to + width, f64x2.splat(Infinity));
  v128.store(to + width, f64x2.splat(Infinity), 16);
  v128.store(to + 2 * width, f64x2.splat(-Infinity));
  v128.store(to + 2 * width, f64x2.splat(-Infinity), 16);
}

/** Describes four neighbouring columns, with the rows before; returns 1 if all their numbers are whole. */
export function describeFour<T>(
  args: usize,
  from: usize,
  j: usize,
  rowBytes: usize,
  count: i32,
  to: usize,
): i32 {
  const width = <usize> argument<i32>(args, 3) << 3;
  const origins = argument<usize>(args, 4) + (j << 3);
  const originA = v128.load(origins), originB = v128.load(origins, 16);
  let sumA = v128.load(to), sumB = v128.load(to, 16), fractions = f64x2.splat(0);
  let leastA = v128.load(to + width), leastB = v128.load(to + width, 16);
  let mostA = v128.load(to + 2 * width), mostB = v128.load(to + 2 * width, 16);
  for (let row = 0; row < count; row++) {
    const a = loadPair<T>(from);
    const b = loadPair<T>(from + 2 * sizeof<T>());
    sumA = f64x2.add(sumA, f64x2.sub(a, originA));
    sumB = f64x2.add(sumB, f64x2.sub(b, originB));
    leastA = f64x2.pmin(leastA, a);
    leastB = f64x2.pmin(leastB, b);
    mostA = f64x2.pmax(mostA, a);
    mostB = f64x2.pmax(mostB, b);
    if (sizeof<T>() > 1) {
      fractions = v128.or(fractions, f64x2.ne(a, f64x2.trunc(a)));
      fractions = v128.or(fractions, f64x2.ne(b, f64x2.trunc(b)));
    }
    from += rowBytes;
  }
  v128.store(to, sumA);
  v128.store(to, sumB, 16);
  v128.store(to + width, leastA);
  v128.store(to + width, leastB, 16);
  v128.store(to + 2 * width, mostA);
  v128.store(to + 2 * width, mostB, 16);
  return v128.any_true(fractions) ? 0 : 1;
}

/**
 * Marks missing entries in each block of rows, and adds up the others. Arguments: x, kind, number of rows, d, missing
 * (a byte per entry: 1 if it is, else 0; set to 1 where x is NaN), rows of a block, out: 2 d float64 per block, sums
 * of observed entries, then numbers of missing ones.
 */
export function observe(thread: i32, args: usize): void {
  const kind = argument<i32>(args, 1);
  const rows = argument<i32>(args, 2);
  const blockRows = argument<i32>(args, 5);
  for (let block = nextBlock(thread); block * blockRows < rows; block = nextBlock(thread)) {
    const start = block * blockRows;
    const count = min(blockRows, rows - start);
    const to = argument<usize>(args, 6) + <usize> block * (<usize> argument<i32>(args, 3) << 4);
    if (kind === 0) observeBlock<f32>(args, start, count, to);
    else if (kind === 1) observeBlock<f64>(args, start, count, to);
    else observeBlock<u8>(args, start, count, to);
  }
}

export function observeBlock<T>(args: usize, start: i32, count: i32, to: usize): void {
  const d = <usize> argument<i32>(args, 3);
  const at = <usize> start * d;
  const x = argument<usize>(args, 0) + at * sizeof<T>();
  const missing = argument<usize>(args, 4) + at;
  let j: usize = 0;
  for (; j + 4 <= d; j += 4) {
    observeFour<T>(x + j * sizeof<T>(), missing + j, d, count, to + (j << 3));
  }
  for (; j < d; j++) {
    let from = x + j * sizeof<T>(), mark = missing + j;
    let sum: f64 = 0, gone: f64 = 0;
    for (let row = 0; row < count; row++) {
      const value = loadOne<T>(from);
      const isMissing = load<u8>(mark) | <u8> (value !== value);
      store<u8>(mark, isMissing);
      sum += isMissing ? 0 : value;
      gone += <f64> isMissing;
      from += d * sizeof<T>();
      mark += d;
    }
    store<f64>(to + (j << 3), sum);
    store<f64>(to + (d + j << 3), gone);
  }
}

/** Marks and adds up the entries of four neighbouring columns. */
export function observeFour<T>(
  from: usize,
  missing: usize,
  d: usize,
  count: i32,
  to: usize,
): void {
  const zero = i32x4.splat(0);
  let sumA = f64x2.splat(0), sumB = sumA, gone = zero;
  for (let row = 0; row < count; row++) {
    const a = loadPair<T>(from);
    const b = loadPair<T>(from + 2 * sizeof<T>());
    const marks = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(missing)));
    const areNaN = v128.shuffle<i32>(f64x2.ne(a, a), f64x2.ne(b, b), 0, 2, 4, 6);
    const areMissing = v128.or(areNaN, i32x4.ne(marks, zero));
    const halves = i16x8.narrow_i32x4_s(areMissing, areMissing);
    const bytes = v128.and(i8x16.narrow_i16x8_s(halves, halves), i8x16.splat(1));
    v128.store32_lane(missing, bytes, 0);
    gone = i32x4.sub(gone, areMissing);
    sumA = f64x2.add(sumA, v128.andnot(a, v128.shuffle<i32>(areMissing, areMissing, 0, 0, 1, 1)));
    sumB = f64x2.add(sumB, v128.andnot(b, v128.shuffle<i32>(areMissing, areMissing, 2, 2, 3, 3)));
    from += d * sizeof<T>();
    missing += d;
  }
  v128.store(to, sumA);
  v128.store(to, sumB, 16);
  to += d << 3;
  v128.store(to, f64x2.convert_low_i32x4_u(gone));
  v128.store(to, f64x2.convert_low_i32x4_u(v128.shuffle<i32>(gone, gone, 2, 3, 2, 3)), 16);
}

/**
 * Subtracts a number per column. Arguments: x, kind, number of rows, d, what is subtracted (d float64), rows of a
 * block, out (rows × d): whole numbers of 16 bits, which the differences have to be.
 */
export function toWhole(thread: i32, args: usize): void {
  subtract<i16>(thread, args);
}

/** Subtracts a number per column, as `toWhole` does; `out` is bytes, which the differences have to be. */
export function toBytes(thread: i32, args: usize): void {
  subtract<u8>(thread, args);
}

/** Subtracts a number per column, as `toWhole` does; `out` is float64. */
export function centre(thread: i32, args: usize): void {
  subtract<f64>(thread, args);
}

export function subtract<To>(thread: i32, args: usize): void {
  const kind = argument<i32>(args, 1);
  const rows = argument<i32>(args, 2);
  const blockRows = argument<i32>(args, 5);
  for (let block = nextBlock(thread); block * blockRows < rows; block = nextBlock(thread)) {
    const start = block * blockRows;
    const end = min(rows, start + blockRows);
    for (let row = start; row < end; row++) {
      if (kind === 0) subtractRow<f32, To>(args, row);
      else if (kind === 1) subtractRow<f64, To>(args, row);
      else subtractRow<u8, To>(args, row);
    }
  }
}

// @ts-ignore: decorator
@inline
function subtractRow<T, To>(args: usize, row: i32): void {
  if (isInteger<To>()) wholeRow<T, To>(args, row);
  else centreRow<T>(args, row);
}

export function wholeRow<T, To>(args: usize, row: i32): void {
  const d = <usize> argument<i32>(args, 3);
  const at = <usize> row * d;
  let from = argument<usize>(args, 0) + at * sizeof<T>();
  let to = argument<usize>(args, 6) + at * sizeof<To>();
  let less = argument<usize>(args, 4);
  let j: usize = 0;
  for (; j + 4 <= d; j += 4) {
    const a = f64x2.sub(loadPair<T>(from), v128.load(less));
    const b = f64x2.sub(loadPair<T>(from + 2 * sizeof<T>()), v128.load(less, 16));
    const four = v128.shuffle<i64>(toInteger(a), toInteger(b), 0, 2);
    const whole = i16x8.narrow_i32x4_s(four, four);
    if (sizeof<To>() === 1) v128.store32_lane(to, i8x16.narrow_i16x8_u(whole, whole), 0);
    else v128.store64_lane(to, whole, 0);
    from += 4 * sizeof<T>();
    less += 32;
    to += 4 * sizeof<To>();
  }
  for (; j < d; j++) {
    store<To>(to, <To> (loadOne<T>(from) - load<f64>(less)));
    from += sizeof<T>();
    less += 8;
    to += sizeof<To>();
  }
}

/** Whole numbers of 32 bits. */
// @ts-ignore: decorator
@inline
function toInteger(pair: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f64x2_s_zero(pair);
  return i32x4.trunc_sat_f64x2_s_zero(pair);
}

export function centreRow<T>(args: usize, row: i32): void {
  const d = <usize> argument<i32>(args, 3);
  const at = <usize> row * d;
  let from = argument<usize>(args, 0) + at * sizeof<T>();
  let to = argument<usize>(args, 6) + (at << 3);
  let less = argument<usize>(args, 4);
  let j: usize = 0;
  for (; j + 2 <= d; j += 2) {
    v128.store(to, f64x2.sub(loadPair<T>(from), v128.load(less)));
    from += 2 * sizeof<T>();
    less += 16;
    to += 16;
  }
  if (j < d) store<f64>(to, loadOne<T>(from) - load<f64>(less));
}
