// @ts-nocheck AssemblyScript
// Tiles of Cholesky factors.
import { multiplyAdd64, sumLanes64 } from "../shared/vector.ts";
import {
  cornerAt,
  dimensionOf,
  failureAt,
  matrixAt,
  ROW_BYTES,
  rowsOf,
  TILE,
  TILE_BYTES,
} from "./problem.ts";

/** A tile of L: what the columns before leave of A, times the transposed inverse of the tile on the diagonal. */
export function solveTile(args: usize, matrix: i32, tile: i32, column: i32): void {
  const bytes = <usize> dimensionOf(args) << 3;
  const a = matrixAt(args, matrix);
  const row = a + <usize> (tile * TILE) * bytes;
  const target = row + <usize> column * ROW_BYTES;
  const rows = rowsOf(args, tile);
  const above = a + <usize> (column * TILE) * bytes;
  subtractDots(row, above, rows, TILE, column * TILE, bytes, target);
  timesCorner(target, cornerAt(args, matrix, column), rows, bytes);
}

/** Factorises a tile of the diagonal, less what the columns before explain of it, and inverts its factor. */
export function factorCorner(args: usize, matrix: i32, tile: i32): void {
  const bytes = <usize> dimensionOf(args) << 3;
  const row = matrixAt(args, matrix) + <usize> (tile * TILE) * bytes;
  const corner = row + <usize> tile * ROW_BYTES;
  const rows = rowsOf(args, tile);
  subtractDots(row, row, rows, rows, tile * TILE, bytes, corner);
  const failed = factorTile(corner, rows, bytes);
  if (failed >= 0) store<i32>(failureAt(args, matrix), tile * TILE + failed);
  else invertTile(corner, rows, bytes, cornerAt(args, matrix, tile));
}

/** Subtracts from numbers of the target the products of rows of a and b, `length` numbers each, a multiple of two. */
export function subtractDots(
  a: usize,
  b: usize,
  rows: i32,
  columns: i32,
  length: i32,
  bytes: usize,
  target: usize,
): void {
  if (length === 0) return;
  const end = <usize> length << 3;
  let row = 0;
  for (; row + 4 <= rows; row += 4, a += 4 * bytes, target += 4 * bytes) {
    let other = b;
    let to = target;
    let column = 0;
    for (; column + 2 <= columns; column += 2, other += 2 * bytes, to += 16) {
      subtractEight(a, other, end, bytes, to);
    }
    if (column < columns) {
      for (let i: usize = 0; i < 4; i++) subtractOne(a + i * bytes, other, end, to + i * bytes);
    }
  }
  for (; row < rows; row++, a += bytes, target += bytes) {
    let other = b;
    for (let column = 0; column < columns; column++, other += bytes) {
      subtractOne(a, other, end, target + (<usize> column << 3));
    }
  }
}

/** Four rows and two columns. */
export function subtractEight(a: usize, b: usize, end: usize, bytes: usize, target: usize): void {
  const a1 = a + bytes, a2 = a1 + bytes, a3 = a2 + bytes, b1 = b + bytes;
  let s00 = f64x2.splat(0), s01 = s00, s10 = s00, s11 = s00;
  let s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  for (let at: usize = 0; at < end; at += 16) {
    const u = v128.load(b + at), v = v128.load(b1 + at);
    let t = v128.load(a + at);
    s00 = multiplyAdd64(t, u, s00);
    s01 = multiplyAdd64(t, v, s01);
    t = v128.load(a1 + at);
    s10 = multiplyAdd64(t, u, s10);
    s11 = multiplyAdd64(t, v, s11);
    t = v128.load(a2 + at);
    s20 = multiplyAdd64(t, u, s20);
    s21 = multiplyAdd64(t, v, s21);
    t = v128.load(a3 + at);
    s30 = multiplyAdd64(t, u, s30);
    s31 = multiplyAdd64(t, v, s31);
  }
  subtractPair(target, s00, s01);
  subtractPair(target + bytes, s10, s11);
  subtractPair(target + 2 * bytes, s20, s21);
  subtractPair(target + 3 * bytes, s30, s31);
}

// @ts-ignore: decorator
@inline
function subtractPair(target: usize, a: v128, b: v128): void {
  const sums = f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
  v128.store(target, f64x2.sub(v128.load(target), sums));
}

export function subtractOne(a: usize, b: usize, end: usize, target: usize): void {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < end; at += 16) {
    sum = multiplyAdd64(v128.load(a + at), v128.load(b + at), sum);
  }
  store<f64>(target, load<f64>(target) - sumLanes64(sum));
}

/** Multiplies rows of 32 numbers by the transpose of a lower triangle, in place. */
export function timesCorner(target: usize, corner: usize, rows: i32, bytes: usize): void {
  for (let row = 0; row < rows; row++, target += bytes) {
    // The last column first: none needs those after it.
    for (let column = TILE - 1; column >= 0; column--) {
      const factor = corner + <usize> column * ROW_BYTES;
      const last = <usize> column << 3;
      let sum = f64x2.splat(0);
      let at: usize = 0;
      for (; at < last; at += 16) {
        // Beyond the diagonal the triangle is 0.
        sum = multiplyAdd64(v128.load(target + at), v128.load(factor + at), sum);
      }
      let total = sumLanes64(sum);
      if (at === last) total += load<f64>(target + at) * load<f64>(factor + at);
      store<f64>(target + last, total);
    }
  }
}

/** Factorises a tile; returns the row whose pivot is not positive, or not finite, else −1. */
export function factorTile(tile: usize, rows: i32, bytes: usize): i32 {
  let row = tile;
  for (let i = 0; i < rows; i++, row += bytes) {
    let other = tile;
    for (let j = 0; j < i; j++, other += bytes) {
      const at = <usize> j << 3;
      store<f64>(row + at, (load<f64>(row + at) - dot(row, other, at)) / load<f64>(other + at));
    }
    const at = <usize> i << 3;
    const pivot = load<f64>(row + at) - dot(row, row, at);
    if (!(pivot > 0 && pivot < Infinity)) return i;
    store<f64>(row + at, sqrt(pivot));
  }
  return -1;
}

/** The sum of the products of `bytes` bytes of numbers. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    sum = multiplyAdd64(v128.load(a + at), v128.load(b + at), sum);
  }
  const total = sumLanes64(sum);
  return at < bytes ? total + load<f64>(a + at) * load<f64>(b + at) : total;
}

/** Inverts a lower triangle into a tile by itself, with zeros above the diagonal and beyond the last row. */
export function invertTile(tile: usize, rows: i32, bytes: usize, inverse: usize): void {
  memory.fill(inverse, 0, TILE_BYTES);
  for (let i: usize = 0; i < <usize> rows; i++, tile += bytes) {
    const row = inverse + i * ROW_BYTES;
    const end = i << 3;
    for (let p: usize = 0; p < i; p++) {
      addTimes(row, inverse + p * ROW_BYTES, -load<f64>(tile + (p << 3)), (p + 1) << 3);
    }
    const pivot = load<f64>(tile + end);
    for (let at: usize = 0; at < end; at += 8) store<f64>(row + at, load<f64>(row + at) / pivot);
    store<f64>(row + end, 1 / pivot);
  }
}

/** Adds to numbers, up to so many bytes and one number, those of another row times a factor. */
// @ts-ignore: decorator
@inline
function addTimes(target: usize, row: usize, factor: f64, bytes: usize): void {
  const lanes = f64x2.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    const sum = multiplyAdd64(lanes, v128.load(row + at), v128.load(target + at));
    v128.store(target + at, sum);
  }
}
