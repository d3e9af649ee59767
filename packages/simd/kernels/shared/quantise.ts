// @ts-nocheck AssemblyScript
// Rows of the factors minus a centre: the first columns as float32, the others as 8-bit integers, of which an
// instruction multiplies sixteen. These are counted in units of their largest entry / 63 (points) or / 127
// (queries); points are stored plus 64, as one factor of such a product must not be negative.
//
// By Cauchy–Schwarz, the product of a query q and a point p, counted as q̂ and p̂, is wrong by at most
// |q| |p − p̂| + |q − q̂| |p̂|.
import { multiplyAdd, sumLanes } from "./vector.ts";

/** Largest integers of points and queries. */
const POINT: f32 = 63;
const QUERY: f32 = 127;
/** Added to integers of points. */
const OFFSET: i32 = 64;
/** Added to a number up to 2²², leaves its nearest integer in the lower bits. */
const MAGIC: f32 = 12582912;
/** The least that is told from zero, and a factor beyond the rounding of a length. */
const LEAST: f32 = 1e-30;
const UP: f32 = 1.001;
/** Beyond what squares lose that are too small for float32. */
const UNDERFLOW: f32 = 1e-18;
/** Rounding of a row minus the centre and of its unit, per length: at least 2⁻²⁰. */
const ROUNDING: f32 = 1e-6;

/** Of the last row: what its integers count, and the sum of these. */
export let unit: f32 = 0;
export let sum: i32 = 0;
/** Its squared length; upper bounds of the length of what is counted, and of its distance to what integers stand for. */
export let square: f32 = 0;
export let length: f32 = 0;
export let error: f32 = 0;

let largest: f32 = 0;

/**
 * Writes a point minus the centre, `columns` numbers of which `floats` (a multiple of 4) are not counted, to
 * `centred`, and the integers of the others to `integers`, both filled up with zeros to sixteens of these.
 */
export function quantisePoint(
  row: usize,
  centre: usize,
  columns: i32,
  floats: i32,
  centred: usize,
  integers: usize,
): void {
  centreRow(row, centre, columns, floats, centred);
  count(columns - floats, centred + (<usize> floats << 2), integers, POINT, OFFSET);
}

/** Writes a query in the same way. */
export function quantiseQuery(
  row: usize,
  centre: usize,
  columns: i32,
  floats: i32,
  centred: usize,
  integers: usize,
): void {
  centreRow(row, centre, columns, floats, centred);
  count(columns - floats, centred + (<usize> floats << 2), integers, QUERY, 0);
}

/** Returns the number to add to the sum of products of the last row, a query, and any point. */
export function correction(): i32 {
  return -OFFSET * sum;
}

// @ts-ignore: decorator
@inline
function centreRow(row: usize, centre: usize, columns: i32, floats: i32, to: usize): void {
  const own = subtract(row, centre, floats, floats, to);
  const at = <usize> floats << 2;
  const counted = columns - floats;
  const others = subtract(row + at, centre + at, counted, counted + 15 & ~15, to + at);
  square = own + others;
  length = UP * sqrt(others) + UNDERFLOW;
}

/** Writes numbers minus those of the centre, filled up with zeros; returns the sum of their squares. */
export function subtract(row: usize, centre: usize, columns: i32, filled: i32, to: usize): f32 {
  let most = f32x4.splat(0), others = most, squares = most, more = most;
  for (; columns >= 8; columns -= 8, filled -= 8, row += 32, centre += 32, to += 32) {
    const low = f32x4.sub(v128.load(row), v128.load(centre));
    const high = f32x4.sub(v128.load(row, 16), v128.load(centre, 16));
    v128.store(to, low);
    v128.store(to, high, 16);
    most = f32x4.pmax(most, f32x4.abs(low));
    others = f32x4.pmax(others, f32x4.abs(high));
    squares = multiplyAdd(low, low, squares);
    more = multiplyAdd(high, high, more);
  }
  most = f32x4.pmax(most, others);
  squares = f32x4.add(squares, more);
  for (; filled > 0; filled -= 4, columns -= 4) {
    const x = columns >= 4 ? v128.load(row) : part(row, columns);
    const difference = f32x4.sub(x, v128.load(centre));
    v128.store(to, difference);
    most = f32x4.pmax(most, f32x4.abs(difference));
    squares = multiplyAdd(difference, difference, squares);
    row += 16;
    centre += 16;
    to += 16;
  }
  const left = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
  largest = max(left, max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)));
  return sumLanes(squares);
}

/** Loads the first of four numbers, those that there are, and zeros. */
function part(from: usize, count: i32): v128 {
  let x = f32x4.splat(0);
  if (count > 0) x = v128.load32_zero(from);
  if (count > 1) x = v128.load_lane<f32>(from + 4, x, 1);
  return count > 2 ? v128.load_lane<f32>(from + 8, x, 2) : x;
}

/** Adds the squares of what integers of a magic number leave of four numbers. */
// @ts-ignore: decorator
@inline
function addError(x: v128, shifted: v128, magic: v128, errors: v128): v128 {
  const difference = f32x4.sub(x, f32x4.mul(f32x4.sub(shifted, magic), f32x4.splat(unit)));
  return multiplyAdd(difference, difference, errors);
}

// @ts-ignore: decorator
@inline
function count(columns: i32, centred: usize, to: usize, levels: f32, offset: i32): void {
  const most = max(largest, LEAST);
  unit = most / levels;
  const scale = f32x4.splat(levels / most);
  const magic = f32x4.splat(MAGIC);
  let sums = i32x4.splat(0), errors = f32x4.splat(0);
  for (; columns > 0; columns -= 16, centred += 64, to += 16) {
    const a = f32x4.add(f32x4.mul(v128.load(centred), scale), magic);
    const b = f32x4.add(f32x4.mul(v128.load(centred, 16), scale), magic);
    const c = f32x4.add(f32x4.mul(v128.load(centred, 32), scale), magic);
    const d = f32x4.add(f32x4.mul(v128.load(centred, 48), scale), magic);
    errors = addError(v128.load(centred), a, magic, errors);
    errors = addError(v128.load(centred, 16), b, magic, errors);
    errors = addError(v128.load(centred, 32), c, magic, errors);
    errors = addError(v128.load(centred, 48), d, magic, errors);
    const low = i16x8.narrow_i32x4_s(i32x4.sub(a, magic), i32x4.sub(b, magic));
    const high = i16x8.narrow_i32x4_s(i32x4.sub(c, magic), i32x4.sub(d, magic));
    sums = i32x4.add(sums, i32x4.dot_i16x8_s(i16x8.add(low, high), i16x8.splat(1)));
    const shift = i16x8.splat(<i16> offset);
    v128.store(to, i8x16.narrow_i16x8_s(i16x8.add(low, shift), i16x8.add(high, shift)));
  }
  sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  error = UP * sqrt(sumLanes(errors)) + length * ROUNDING + UNDERFLOW;
}
