// @ts-nocheck AssemblyScript
// One assignment of rows that have neither labels nor bounds, and will not be assigned again: labels of
// four rows side by side, then sums and squared distances in one pass over them.
import * as f from "../generated/lloyd_structures.ts";
import { multiplyAdd, multiplySubtract } from "../shared/vector.ts";
import { errorsUpTo } from "./errors.ts";
import { countRow, relabel } from "./labels.ts";
import { dataProducts } from "./products.ts";
import { listRows } from "./records.ts";
import { addAndMeasure } from "./row_sums.ts";
import { FAR, nearestOfProducts } from "./scores.ts";
import { part, tiledProducts } from "./tiles.ts";

/** Factor that widens an upper bound beyond the rounding of its last operations. */
const UP: f32 = 1.00001;
/** Half the distance from 1 to the next float32. */
const ROUNDOFF: f32 = 5.9604645e-8;

export function assignOnce(partition: i32, start: i32, end: i32, list: usize): void {
  const columns = <usize> f.width << 2;
  const labels = f.labels + (<usize> start << 2);
  let row = productsOnce(start, end, list, f.chunk);
  let to = labels;
  let i = start;
  for (; i + 4 <= end; i += 4, to += 16, row += 4 * columns) nearestOfFour(i, row, columns, to);
  for (; i < end; i++, to += 4, row += columns) nearestOfOne(i, row, to);
  addRows(partition, start, end);
}

/** Multiplies consecutive rows, at most `chunk`, by all centroids; returns the address of the products. */
export function productsOnce(start: i32, end: i32, list: usize, chunk: i32): usize {
  const products = list + (<usize> chunk << 2);
  const count = listRows(start, end, list);
  if (f.narrow) {
    tiledProducts(list, count, products, products + (<usize> (chunk + 4) * <usize> f.width << 2));
  } else dataProducts(list, count, f.panels, f.width, products);
  return products;
}

/** Labels a row by its products. */
export function nearestOfOne(i: i32, products: usize, to: usize): void {
  store<i32>(to, nearestOfProducts(i, products, f32x4.extract_lane(radiiOf(i, 1), 0)));
}

/**
 * Labels four rows by their products, with one row per lane. Returns a mask of those that float32 left
 * undecided, among which are all that are not finite.
 */
export function nearestOfFour(i: i32, products: usize, columns: usize, to: usize): i32 {
  const one = i32x4.splat(1);
  let best = f32x4.splat(FAR);
  let rest = best;
  let label = i32x4.splat(0);
  let j = label;
  for (let c: usize = 0; c < columns; c += 16) {
    const p0 = scoresAt(products, c);
    const p1 = scoresAt(products + columns, c);
    const p2 = scoresAt(products + 2 * columns, c);
    const p3 = scoresAt(products + 3 * columns, c);
    const low = v128.shuffle<f32>(p0, p1, 0, 4, 1, 5);
    const lower = v128.shuffle<f32>(p2, p3, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(p0, p1, 2, 6, 3, 7);
    const higher = v128.shuffle<f32>(p2, p3, 2, 6, 3, 7);
    const s0 = v128.shuffle<f32>(low, lower, 0, 1, 4, 5);
    label = v128.bitselect(j, label, f32x4.lt(s0, best));
    rest = f32x4.pmin(rest, f32x4.pmax(s0, best));
    best = f32x4.pmin(best, s0);
    j = i32x4.add(j, one);
    const s1 = v128.shuffle<f32>(low, lower, 2, 3, 6, 7);
    label = v128.bitselect(j, label, f32x4.lt(s1, best));
    rest = f32x4.pmin(rest, f32x4.pmax(s1, best));
    best = f32x4.pmin(best, s1);
    j = i32x4.add(j, one);
    const s2 = v128.shuffle<f32>(high, higher, 0, 1, 4, 5);
    label = v128.bitselect(j, label, f32x4.lt(s2, best));
    rest = f32x4.pmin(rest, f32x4.pmax(s2, best));
    best = f32x4.pmin(best, s2);
    j = i32x4.add(j, one);
    const s3 = v128.shuffle<f32>(high, higher, 2, 3, 6, 7);
    label = v128.bitselect(j, label, f32x4.lt(s3, best));
    rest = f32x4.pmin(rest, f32x4.pmax(s3, best));
    best = f32x4.pmin(best, s3);
    j = i32x4.add(j, one);
  }
  v128.store(to, label);
  const radii = radiiOf(i, 4);
  const terms = f.dense ? f32x4.splat(<f32> f.d) : entriesOf(i);
  const slope = f32x4.mul(f32x4.splat(f.sharpness), f32x4.add(terms, f32x4.splat(10)));
  const error = errorsUpTo(rest, slope, radii);
  const certain = f32x4.gt(f32x4.sub(rest, best), f32x4.add(error, error));
  const undecided = i32x4.bitmask(certain) ^ 15;
  for (let left = undecided; left !== 0; left &= left - 1) {
    const q = ctz(left);
    nearestOfOne(i + q, products + <usize> q * columns, to + (<usize> q << 2));
  }
  return undecided;
}

/** Returns four scores of a row; its products stay, for rows that these do not decide. */
// @ts-ignore: decorator
@inline
function scoresAt(products: usize, c: usize): v128 {
  const product = f32x4.sub(v128.load(products + c), v128.load(f.shift + c));
  return multiplySubtract(f32x4.splat(2), product, v128.load(f.bias + c));
}

/** Returns half the number of entries of four sparse rows. */
// @ts-ignore: decorator
@inline
function entriesOf(i: i32): v128 {
  const lengths = v128.load(f.rowLengths + (<usize> i << 2));
  return f32x4.convert_i32x4_s(i32x4.shr_s(lengths, 1));
}

/** Returns upper bounds of |x| + |mean| of up to four rows: those kept, or computed where none are. */
export function radiiOf(i: i32, rows: i32): v128 {
  if (f.radii) {
    const at = f.radii + (<usize> i << 2);
    return rows === 4 ? v128.load(at) : v128.load32_zero(at);
  }
  const bytes = <usize> f.d << 2;
  const x = f.dense + <usize> i * bytes;
  const s0 = squaresOf(x);
  const s1 = rows === 4 ? squaresOf(x + bytes) : s0;
  const s2 = rows === 4 ? squaresOf(x + 2 * bytes) : s0;
  const s3 = rows === 4 ? squaresOf(x + 3 * bytes) : s0;
  const low = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 1, 4, 5), v128.shuffle<f32>(s0, s1, 2, 3, 6, 7));
  const high = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 1, 4, 5), v128.shuffle<f32>(s2, s3, 2, 3, 6, 7));
  const even = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
  const squares = f32x4.add(even, v128.shuffle<f32>(low, high, 1, 3, 5, 7));
  const length = f32x4.add(f32x4.sqrt(squares), f32x4.splat(f.meanNorm));
  return f32x4.mul(length, f32x4.splat(UP + ROUNDOFF * <f32> f.d));
}

/** Sums squares of a row in four lanes. */
// @ts-ignore: decorator
@inline
function squaresOf(x: usize): v128 {
  const rest = f.d & 3;
  const end = x + (<usize> (f.d - rest) << 2);
  let even = f32x4.splat(0);
  let odd = even;
  for (; x + 32 <= end; x += 32) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    even = multiplyAdd(a, a, even);
    odd = multiplyAdd(b, b, odd);
  }
  for (; x < end; x += 16) {
    const a = v128.load(x);
    even = multiplyAdd(a, a, even);
  }
  if (rest) {
    const a = part(x, rest);
    odd = multiplyAdd(a, a, odd);
  }
  return f32x4.add(even, odd);
}

/** Adds labelled rows to the sums of their clusters, and to those of squared distances. */
function addRows(partition: i32, start: i32, end: i32): void {
  const first = partition * f.places;
  const wideBytes = <usize> f.d << 3;
  const rowBytes = <usize> f.d << (2 + f.originalWide);
  const sums = f.partialSums + <usize> first * wideBytes;
  const inertia = f.partialInertia + (<usize> partition << 3);
  for (let i = start; i < end; i++) {
    const label = load<i32>(f.labels + (<usize> i << 2));
    if (!f.original) {
      relabel(partition, i, -1, label);
      continue;
    }
    const weight: f64 = f.weights ? load<f64>(f.weights + (<usize> i << 3)) : 1;
    const at = <usize> label * wideBytes;
    const row = f.original + <usize> i * rowBytes;
    const square = addAndMeasure(row, weight, sums + at, f.centroids + at);
    store<f64>(inertia, load<f64>(inertia) + weight * square);
    countRow(first + label, weight);
  }
}
