// @ts-nocheck AssemblyScript
// Euclidean distances of rows to points: from |x|² + |c|² − 2 x·c in float64 where that keeps its
// digits, from differences where it does not. Rows and points are centred at the mean of the points.
// Distances of float32 rows are rounded to float32, all others are float64.
import { argument, nextBlock } from "./shared/job.ts";
import { doubleTile, singleTile } from "./generated/distance_tiles.ts";
import { CANCELLED, CANCELLED_SINGLE, LEAST, LEAST_SINGLE, MOST } from "./shared/squares.ts";

export { doubleTile, singleTile };

/** Rows and columns of a tile. */
const MR: i32 = 6;
const NR: i32 = 4;
/** Number of rows of a block. */
const ROWS: i32 = 24;
/** Bytes of the square and the limit of a row. */
const END: usize = 16;
/** Bytes of a pair of steps of a tile's rows. */
const PAIR: usize = 96;
/** Columns of a block of {@linkcode centrePoints}. */
const CENTRED: i32 = 64;
/** Bytes of the masks of a tile, and of its distances. */
const MASKS: usize = 96;
const TILE: usize = 192;

/**
 * Computes the mean of the points, in blocks of columns. Arguments, as of {@linkcode panelPoints}: points (k × d
 * float64), k, d, centre (d float64), panels, squares.
 */
export function centrePoints(thread: i32, args: usize): void {
  const points = argument<usize>(args, 0);
  const k = argument<i32>(args, 1);
  const d = argument<i32>(args, 2);
  const centre = argument<usize>(args, 3);
  for (let block = nextBlock(thread); block * CENTRED < d; block = nextBlock(thread)) {
    const start = <usize> (block * CENTRED) << 3;
    const end = min(start + (<usize> CENTRED << 3), <usize> d << 3);
    for (let p = start; p < end; p += 8) store<f64>(centre + p, 0);
    let from = points;
    for (let j = 0; j < k; j++, from += <usize> d << 3) {
      for (let p = start; p < end; p += 8) {
        store<f64>(centre + p, load<f64>(centre + p) + load<f64>(from + p) / <f64> k);
      }
    }
  }
}

/**
 * Lays the centred points, times −2, out in panels of four, step by step; an odd number of steps becomes even. Stores
 * their squares. A block is a panel; zeros take the places that no point has.
 */
export function panelPoints(thread: i32, args: usize): void {
  const k = argument<i32>(args, 1);
  const d = argument<i32>(args, 2);
  const centre = argument<usize>(args, 3);
  const panelBytes = <usize> ((d + 1) >> 1) << 6;
  for (let block = nextBlock(thread); block * NR < k; block = nextBlock(thread)) {
    const panel = argument<usize>(args, 4) + <usize> block * panelBytes;
    memory.fill(panel, 0, panelBytes);
    for (let lane = 0; lane < NR; lane++) {
      const j = block * NR + lane;
      let square: f64 = 0;
      let from = argument<usize>(args, 0) + (<usize> j * <usize> d << 3);
      let to = panel + (<usize> lane << 3);
      for (let p: usize = 0; j < k && p < <usize> d; p++, from += 8, to += <usize> NR << 3) {
        const centred = load<f64>(from) - load<f64>(centre + (p << 3));
        square += centred * centred;
        store<f64>(to, -2 * centred);
      }
      store<f64>(argument<usize>(args, 5) + (<usize> j << 3), square);
    }
  }
}

/**
 * Measures the distances of rows, a block of them to some of the points at a time. Arguments: x, 0 for float32, 1 for
 * float64 and 2 for bytes, number of rows, d, centre (d float64), points (k × d float64), the same centred and times −2 in
 * panels of 4, squares of the centred ones (k float64 and zeros to a multiple of 4), k, distances (rows × k: float32 of
 * float32, else float64), one int32 per block for the number of distances that are not finite, scratch, scratch bytes per
 * thread, number of points of a block, a multiple of 4.
 */
export function measure(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 2);
  const undecided = argument<usize>(args, 10);
  const scratch = argument<usize>(args, 11) + <usize> thread * argument<usize>(args, 12);
  const k = argument<i32>(args, 8);
  const points = argument<i32>(args, 13);
  const parts = (k + points - 1) / points;
  for (let block = nextBlock(thread); block / parts * ROWS < rows; block = nextBlock(thread)) {
    const start = block / parts * ROWS;
    const first = block % parts * points;
    const count = measureBlock(args, start, min(ROWS, rows - start), first, min(k, first + points), scratch);
    store<i32>(undecided + (<usize> block << 2), count);
  }
}

/** Measures the distances of the rows of a block to the points from `first` to before `end`. */
export function measureBlock(
  args: usize,
  start: i32,
  rows: i32,
  first: i32,
  end: i32,
  scratch: usize,
): i32 {
  const kind = argument<i32>(args, 1);
  if (kind === 0) centreRows<f32>(args, start, rows, scratch);
  else if (kind === 1) centreRows<f64>(args, start, rows, scratch);
  else centreRows<u8>(args, start, rows, scratch);
  const k = argument<i32>(args, 8);
  const single = kind === 0;
  const rowBytes = <usize> k << (single ? 2 : 3);
  const pairs = (argument<i32>(args, 3) + 1) >> 1;
  const leftBytes = <usize> pairs * PAIR;
  const masks = scratch + ROWS * END;
  const target = argument<usize>(args, 9) + <usize> start * rowBytes;
  let right = argument<usize>(args, 6) + (<usize> first >> 2) * (<usize> pairs << 6);
  let squares = argument<usize>(args, 7) + (<usize> first << 3);
  let undecided = 0;
  for (let c = first; c < end; c += NR) {
    let left = masks + MASKS + TILE;
    let ends = scratch;
    let out = target + (<usize> c << (single ? 2 : 3));
    for (let row = 0; row < rows; row += MR) {
      const whole = row + MR <= rows && c + NR <= k;
      // At the edges, a tile has more than what is asked for.
      const to = whole ? out : masks + MASKS;
      const bytes = whole ? rowBytes : <usize> NR << (single ? 2 : 3);
      const kept = single
        ? singleTile(left, right, pairs, ends, squares, to, bytes, masks)
        : doubleTile(left, right, pairs, ends, squares, to, bytes, masks);
      if (!whole) copyPart(to, bytes, out, rowBytes, min(MR, rows - row), min(NR, k - c), single);
      if (!kept) undecided += measureLost(args, start + row, min(MR, rows - row), c, masks, out, rowBytes);
      left += leftBytes;
      ends += MR * END;
      out += MR * rowBytes;
    }
    right += <usize> pairs << 6;
    squares += NR << 3;
  }
  return undecided;
}

/** Measures those of a tile's distances again that were not kept; returns how many are not finite. */
export function measureLost(
  args: usize,
  first: i32,
  rows: i32,
  c: i32,
  masks: usize,
  to: usize,
  rowBytes: usize,
): i32 {
  const count = min(NR, argument<i32>(args, 8) - c);
  let undecided = 0;
  for (let row = 0; row < rows; row++, masks += 16, to += rowBytes) {
    const kept = i32x4.bitmask(v128.load(masks));
    if (kept !== 15) undecided += measureOthers(args, rowOf(args, first + row), c, count, kept, to);
  }
  return undecided;
}

/** Copies what is wanted of a tile. */
export function copyPart(
  tile: usize,
  tileBytes: usize,
  to: usize,
  rowBytes: usize,
  rows: i32,
  columns: i32,
  single: bool,
): void {
  for (let row = 0; row < rows; row++, tile += tileBytes, to += rowBytes) {
    for (let i: usize = 0; i < <usize> columns; i++) {
      if (single) store<f32>(to + (i << 2), load<f32>(tile + (i << 2)));
      else store<f64>(to + (i << 3), load<f64>(tile + (i << 3)));
    }
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

/** Two values of a kind as float64. */
// @ts-ignore: decorator
@inline
function pairAt<T>(at: usize): v128 {
  if (sizeof<T>() === 8) return v128.load(at);
  if (sizeof<T>() === 4) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  return f64x2(<f64> load<u8>(at), <f64> load<u8>(at, 1));
}

/** Centres the rows of a block, pairs of steps of six rows side by side, and stores their squares and limits. */
// @ts-ignore: decorator
@inline
function centreRows<T>(args: usize, start: i32, rows: i32, scratch: usize): void {
  const d = argument<i32>(args, 3);
  const mean = argument<usize>(args, 4);
  const last = <usize> (d & ~1);
  let panel = scratch + ROWS * END + MASKS + TILE;
  let from = rowOf(args, start);
  for (let first = 0; first < rows; first += MR) {
    for (let row = first; row < first + MR; row++) {
      // What is missing of the last six is measured as the last row, and left out.
      const given = row < rows ? from : from - <usize> d * sizeof<T>();
      let to = panel + (<usize> (row - first) << 4);
      let sums = f64x2.splat(0);
      for (let p: usize = 0; p < last; p += 2, to += PAIR) {
        const pair = f64x2.sub(pairAt<T>(given + p * sizeof<T>()), v128.load(mean + (p << 3)));
        sums = f64x2.add(sums, f64x2.mul(pair, pair));
        v128.store(to, pair);
      }
      let square = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
      if (d & 1) {
        const value = <f64> load<T>(given + last * sizeof<T>()) - load<f64>(mean + (last << 3));
        square += value * value;
        v128.store(to, f64x2(value, 0));
      }
      storeEnd(scratch + <usize> row * END, square, sizeof<T>() === 4);
      if (row < rows) from += <usize> d * sizeof<T>();
    }
    panel += <usize> ((d + 1) >> 1) * PAIR;
  }
}

/** Stores the square of a row and its part of the limit that squared distances are to exceed. */
// @ts-ignore: decorator
@inline
function storeEnd(end: usize, square: f64, single: bool): void {
  store<f64>(end, square);
  if (single) store<f32>(end, <f32> (CANCELLED_SINGLE * square + LEAST_SINGLE), 8);
  else store<f64>(end, CANCELLED * square + LEAST, 8);
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
