// @ts-nocheck AssemblyScript
// Scores of dense rows and all centroids from 16-bit integers: an instruction multiplies eight of them
// where it multiplies four float32. README.md has the bound on their errors.
import * as f from "../generated/lloyd_structures.ts";
import { quantisedRows12, quantisedRows4, quantisedRows8 } from "../generated/quantised_rows.ts";
import { sumLanes64 } from "../shared/vector.ts";
import { part } from "./tiles.ts";

/** Number of rows that are quantised at a time, so as to stay in the cache. */
const ROWS: i32 = 40;
/** Length of a quantised vector in units: no entry exceeds 16 bits, and no product of two 32. */
const LENGTH: f32 = 32700;
/** Added to a number up to 2²² or 2⁵¹, leaves its nearest integer in the lower bits. */
const MAGIC: f32 = 12582912;
const MAGIC64: f64 = 6755399441055744;
/** Factor beyond the rounding of a length, and the least length that squares in float32 tell. */
const UP: f32 = 1.00001;
const LEAST: f32 = 1e-18;

/** Returns an upper bound of the distance of row i to the mean. */
// @ts-ignore: decorator
@inline
export function distanceToMean(i: i32): f32 {
  return max(sqrt(load<f32>(f.squares + (<usize> i << 2))) * UP, LEAST);
}

/**
 * Scores the data rows `list[0 … count)` against all centroids, to `out`: count (rounded up to 4) × width.
 *
 * @param packed Scratch memory: 40 × (2 × d + 4) bytes, d rounded up to a multiple of 8.
 */
export function quantisedScores(list: usize, count: i32, out: usize, packed: usize): void {
  const bytes = <usize> ((f.d + 7) & ~7) << 1;
  const stride = <usize> f.width << 2;
  const rowUnits = packed + <usize> ROWS * bytes;
  for (let first = 0; first < count; first += ROWS, out += <usize> ROWS * stride) {
    const end = min(count - first, ROWS);
    for (let q = 0; q < end; q++, list += 4) {
      quantiseRow(load<i32>(list), packed + <usize> q * bytes, rowUnits + (<usize> q << 2));
    }
    let panel = f.quantised;
    for (let column = 0; column < f.width; column += 12) {
      const columns = min(f.width - column, 12);
      const at = <usize> column << 2;
      for (let q: usize = 0; q < <usize> end; q += 4) {
        const to = out + q * stride + at;
        fourRows(packed + q * bytes, bytes, panel, columns, to, stride, rowUnits + (q << 2), at);
      }
      panel += bytes * 12;
    }
  }
}

// @ts-ignore: decorator
@inline
function fourRows(
  x: usize,
  bytes: usize,
  panel: usize,
  columns: i32,
  out: usize,
  stride: usize,
  rowUnits: usize,
  at: usize,
): void {
  const units = f.units + at;
  const bias = f.bias + at;
  if (columns === 12) quantisedRows12(x, bytes, panel, out, stride, rowUnits, units, bias);
  else if (columns === 8) quantisedRows8(x, bytes, panel, out, stride, rowUnits, units, bias);
  else quantisedRows4(x, bytes, panel, out, stride, rowUnits, units, bias);
}

/** Writes a row minus the mean as integers, filled up to eights of columns, and the unit that they count. */
export function quantiseRow(i: i32, to: usize, unit: usize): void {
  const length = distanceToMean(i);
  const scale = f32x4.splat(LENGTH / length);
  store<f32>(unit, length / LENGTH);
  let x = rowOf(i);
  let centre = f.centre;
  for (let left = f.d >> 3; left > 0; left--) {
    const low = quantise(v128.load(x), v128.load(centre), scale);
    const high = quantise(v128.load(x, 16), v128.load(centre, 16), scale);
    v128.store(to, lowHalves(low, high));
    x += 32;
    centre += 32;
    to += 16;
  }
  const rest = f.d & 7;
  if (rest === 0) return;
  const low = rest < 4 ? part(x, rest) : v128.load(x);
  const high = rest > 4 ? part(x + 16, rest - 4) : f32x4.splat(0);
  const a = quantise(low, v128.load(centre), scale);
  v128.store(to, lowHalves(a, quantise(high, v128.load(centre, 16), scale)));
}

// @ts-ignore: decorator
@inline
function rowOf(i: i32): usize {
  return f.dense + <usize> i * (<usize> f.d << 2);
}

/** Returns four numbers minus those of the mean as integers in the lower halves of lanes. */
// @ts-ignore: decorator
@inline
function quantise(x: v128, centre: v128, scale: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.sub(x, centre), scale), f32x4.splat(MAGIC));
}

// @ts-ignore: decorator
@inline
function lowHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
}

/**
 * Writes centroid j, centred and of a squared length, as 16-bit integers and their unit; returns the
 * square of the distance between the two.
 */
export function quantiseCentroid(j: i32, centred: usize, square: f64): f64 {
  const unit = <f64> <f32> (max(sqrt(square), <f64> LEAST) / LENGTH);
  store<f32>(f.units + (<usize> j << 2), <f32> (-2 * unit));
  const panel = j / 12;
  const stride = <usize> min(f.width - panel * 12, 12) << 2;
  const bytes = <usize> ((f.d + 7) & ~7) << 1;
  const column = f.quantised + <usize> panel * bytes * 12 + (<usize> (j - panel * 12) << 2);
  const perUnit = f64x2.splat(1 / unit);
  const units = f64x2.splat(unit);
  const magic = f64x2.splat(MAGIC64);
  let errors = f64x2.splat(0);
  // A lane of a panel holds two columns.
  let to = column;
  const end = centred + (<usize> f.d << 3);
  for (; centred + 16 <= end; centred += 16, to += stride) {
    const value = v128.load(centred);
    const shifted = f64x2.add(f64x2.mul(value, perUnit), magic);
    const pair = v128.shuffle<i16>(shifted, shifted, 0, 4, 0, 4, 0, 4, 0, 4);
    v128.store32_lane(to, pair, 0);
    const difference = f64x2.sub(value, f64x2.mul(f64x2.sub(shifted, magic), units));
    errors = f64x2.add(errors, f64x2.mul(difference, difference));
  }
  let error = sumLanes64(errors);
  if (centred < end) {
    const value = load<f64>(centred);
    const shifted = value * (1 / unit) + MAGIC64;
    store<i16>(to, <i16> reinterpret<i64>(shifted));
    const difference = value - (shifted - MAGIC64) * unit;
    error += difference * difference;
  }
  return error;
}
