// @ts-nocheck AssemblyScript
// Euclidean distances of rows to points: from |x|² + |c|² − 2 x·c in float64 where that keeps its
// digits, from differences where it does not. Rows and points are centred at the mean of the points.
// Distances of float32 rows are rounded to float32, all others are float64.
import { argument, nextBlock } from "./shared/job.ts";
import { tile } from "./generated/product_tile64.ts";
import { packFiveRows } from "./shared/pack64.ts";

export { tile };

/** Rows and columns of a tile. */
const MR: i32 = 5;
const NR: i32 = 4;
/** Number of rows of a block. */
const ROWS: i32 = 20;
/** Below this share of |x|² + |c|², a difference has lost too many digits: for float64, and for float32. */
const CANCELLED: f64 = 0.1;
const CANCELLED_SINGLE: f64 = 1e-4;
/** Squares beyond these have overflowed, or have lost digits. */
const LEAST: f64 = 1.2e-271;
const MOST: f64 = 8e270;
/** The same in float32. */
const LEAST_SINGLE: f64 = 1.2e-37;
const MOST_SINGLE: f64 = 3e38;

/**
 * Measures the distances of rows. Arguments: x, 0 for float32, 1 for float64 and 2 for bytes, number
 * of rows, d, centre (d float64), points (k × d float64), the same centred and times −2 in panels of
 * 4, squares of the centred ones (k float64 and zeros to a multiple of 4), k, distances (rows × k: float32
 * of float32, else float64), one int32 per block for the number of distances that are not finite,
 * scratch, scratch bytes per thread.
 */
export function measure(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 2);
  const undecided = argument<usize>(args, 10);
  const scratch = argument<usize>(args, 11) + <usize> thread * argument<usize>(args, 12);
  for (let block = nextBlock(thread); block * ROWS < rows; block = nextBlock(thread)) {
    const start = block * ROWS;
    const count = measureBlock(args, start, min(ROWS, rows - start), scratch);
    store<i32>(undecided + (<usize> block << 2), count);
  }
}

export function measureBlock(args: usize, start: i32, rows: i32, scratch: usize): i32 {
  const d = argument<i32>(args, 3);
  const k = argument<i32>(args, 8);
  const panels = (k + NR - 1) / NR;
  const rowBytes = <usize> (panels * NR) << 3;
  const squares = scratch;
  const centred = squares + (ROWS << 3);
  const left = centred + <usize> (ROWS * d) * 8;
  const products = left + <usize> ((d + 1) >> 1) * (MR * 16 * (ROWS / MR));
  const wide = <usize> (((d + 1) & ~1) * NR) << 3;
  centreRows(args, start, rows, centred, squares);
  packFiveRows(centred, <usize> d << 3, 8, left, d, rows);
  for (let panel = 0; panel < panels; panel++) {
    const right = argument<usize>(args, 6) + <usize> panel * wide;
    const out = products + (<usize> (panel * NR) << 3);
    multiplyPanel(left, right, (d + 1) >> 1, out, rowBytes, rows);
  }
  const kind = argument<i32>(args, 1);
  const bytes = <usize> k << (kind === 0 ? 2 : 3);
  let undecided = 0;
  for (let row = 0; row < rows; row++) {
    const to = argument<usize>(args, 9) + <usize> (start + row) * bytes;
    const square = load<f64>(squares + (<usize> row << 3));
    const x = rowOf(args, start + row);
    undecided += finishRow(args, x, square, products + <usize> row * rowBytes, to);
  }
  return undecided;
}

export function multiplyPanel(
  left: usize,
  right: usize,
  pairs: i32,
  out: usize,
  rowBytes: usize,
  rows: i32,
): void {
  for (let row = 0; row < rows; row += MR) {
    tile(left, right, pairs, out, rowBytes, 0);
    left += <usize> pairs * (MR * 16);
    out += MR * rowBytes;
  }
}

/** Returns the address of a row. */
// @ts-ignore: decorator
@inline
function rowOf(args: usize, row: i32): usize {
  const bytes = <usize> argument<i32>(args, 3) * sizeOf(argument<i32>(args, 1));
  return argument<usize>(args, 0) + <usize> row * bytes;
}

/** Returns the number of bytes of a value. */
// @ts-ignore: decorator
@inline
function sizeOf(kind: i32): usize {
  return kind === 0 ? 4 : kind === 1 ? 8 : 1;
}

// @ts-ignore: decorator
@inline
function valueAt(kind: i32, at: usize): f64 {
  if (kind === 0) return <f64> load<f32>(at);
  return kind === 1 ? load<f64>(at) : <f64> load<u8>(at);
}

/** Centres rows and sums their squares. */
export function centreRows(args: usize, start: i32, rows: i32, to: usize, squares: usize): void {
  const kind = argument<i32>(args, 1);
  const d = argument<i32>(args, 3);
  const mean = argument<usize>(args, 4);
  const size = sizeOf(kind);
  let from = rowOf(args, start);
  for (let row = 0; row < rows; row++) {
    let square: f64 = 0;
    for (let p: usize = 0; p < <usize> d; p++) {
      const centred = valueAt(kind, from) - load<f64>(mean + (p << 3));
      square += centred * centred;
      store<f64>(to, centred);
      from += size;
      to += 8;
    }
    store<f64>(squares + (<usize> row << 3), square);
  }
}

/**
 * Turns the products of a row into distances, four at a time; returns how many are not finite. What
 * a distance is measured by depends on its row and point alone.
 */
export function finishRow(args: usize, x: usize, square: f64, products: usize, to: usize): i32 {
  const squares = argument<usize>(args, 7);
  const k = argument<i32>(args, 8);
  const single = argument<i32>(args, 1) === 0;
  const shift = single ? 2 : 3;
  const own = f64x2.splat(square);
  const share = f64x2.splat(single ? CANCELLED_SINGLE : CANCELLED);
  const least = f64x2.splat(single ? LEAST_SINGLE : LEAST);
  const most = f64x2.splat(single ? MOST_SINGLE : MOST);
  let undecided = 0;
  for (let c = 0; c < k; c += NR) {
    const at = <usize> c << 3;
    const low = f64x2.add(own, v128.load(squares + at));
    const high = f64x2.add(own, v128.load(squares + at, 16));
    const first = f64x2.add(low, v128.load(products + at));
    const second = f64x2.add(high, v128.load(products + at, 16));
    const kept = i64x2.bitmask(isKept(first, f64x2.mul(share, low), least, most)) |
      i64x2.bitmask(isKept(second, f64x2.mul(share, high), least, most)) << 2;
    const count = min(NR, k - c);
    // The last few go by way of the products that they came from: four would not fit.
    const target = count === NR ? to + (<usize> c << shift) : products + at;
    if (single) v128.store(target, f32x4.sqrt(singles(first, second)));
    else {
      v128.store(target, f64x2.sqrt(first));
      v128.store(target, f64x2.sqrt(second), 16);
    }
    if (kept !== 15) undecided += measureOthers(args, x, c, count, kept, target);
    if (count < NR) memory.copy(to + (<usize> c << shift), target, <usize> count << shift);
  }
  return undecided;
}

/** All bits of the lanes in which a square has kept its digits. */
// @ts-ignore: decorator
@inline
function isKept(squared: v128, lost: v128, least: v128, most: v128): v128 {
  const safe = v128.and(f64x2.gt(squared, least), f64x2.lt(squared, most));
  return v128.and(f64x2.gt(squared, lost), safe);
}

/** Four float64 numbers as float32. */
// @ts-ignore: decorator
@inline
function singles(first: v128, second: v128): v128 {
  const low = f32x4.demote_f64x2_zero(first);
  return v128.shuffle<f32>(low, f32x4.demote_f64x2_zero(second), 0, 1, 4, 5);
}

/** Measures those of up to four distances that were not kept; returns how many are not finite. */
export function measureOthers(
  args: usize,
  x: usize,
  c: i32,
  count: i32,
  kept: i32,
  to: usize,
): i32 {
  let undecided = 0;
  for (let i = 0; i < count; i++) {
    if (kept >> i & 1) continue;
    let distance = measureAgain(args, x, c + i);
    if (argument<i32>(args, 1) === 0) {
      const rounded = <f32> distance;
      store<f32>(to + (<usize> i << 2), rounded);
      distance = <f64> rounded;
    } else store<f64>(to + (<usize> i << 3), distance);
    undecided += <i32> !isFinite(distance);
  }
  return undecided;
}

/** Measures a distance by differences of the values as given; not a number if squares are out of range. */
export function measureAgain(args: usize, x: usize, c: i32): f64 {
  const kind = argument<i32>(args, 1);
  const d = argument<i32>(args, 3);
  const size = sizeOf(kind);
  const point = argument<usize>(args, 5) + (<usize> c * <usize> d << 3);
  let squared: f64 = 0;
  let largest: f64 = 0;
  for (let p: usize = 0; p < <usize> d; p++) {
    const difference = valueAt(kind, x) - load<f64>(point + (p << 3));
    squared += difference * difference;
    largest = max(largest, abs(difference));
    x += size;
  }
  const decided = largest === 0 || (squared > LEAST && squared < MOST);
  return decided ? sqrt(squared) : NaN;
}
