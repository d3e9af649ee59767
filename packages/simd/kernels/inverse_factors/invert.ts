// @ts-nocheck AssemblyScript
// Tiles of inverses, a column of which lies by itself until it is whole.
import { multiplyAdd64, multiplySubtract64 } from "../shared/vector.ts";
import {
  cornerAt,
  dimensionOf,
  inverseAt,
  matrixAt,
  ROW_BYTES,
  rowsOf,
  TILE,
  TILE_BYTES,
} from "./problem.ts";

/** A tile of the inverse: that on the diagonal, or minus it times what L makes of the tiles above. */
export function invertRows(args: usize, matrix: i32, tile: i32, column: i32, columns: usize): void {
  const target = columns + <usize> tile * TILE_BYTES;
  const corner = cornerAt(args, matrix, tile);
  if (tile === column) return memory.copy(target, corner, TILE_BYTES);
  const bytes = <usize> dimensionOf(args) << 3;
  const first = matrixAt(args, matrix) + <usize> (tile * TILE) * bytes + <usize> column * ROW_BYTES;
  const from = columns + <usize> column * TILE_BYTES;
  const rows = rowsOf(args, tile);
  multiplyRows(first, from, rows, (tile - column) * TILE, bytes, target);
  // The last row first: none needs those after it.
  for (let row = rows - 1; row >= 0; row--) {
    combineRows(corner + <usize> row * ROW_BYTES, target, row);
  }
}

/** The products of rows of L with so many rows of 32 numbers. */
export function multiplyRows(
  l: usize,
  x: usize,
  rows: i32,
  length: i32,
  bytes: usize,
  target: usize,
): void {
  const end = l + (<usize> length << 3);
  let row = 0;
  for (; row + 4 <= rows; row += 4, l += 4 * bytes, target += 4 * ROW_BYTES) {
    for (let at: usize = 0; at < ROW_BYTES; at += 32) {
      multiplyFour(l, x + at, end + <usize> row * bytes, bytes, target + at);
    }
  }
  for (; row < rows; row++, l += bytes, target += ROW_BYTES) {
    for (let at: usize = 0; at < ROW_BYTES; at += 32) {
      multiplyOne(l, x + at, end + <usize> row * bytes, target + at);
    }
  }
}

/** Four rows and four columns. */
export function multiplyFour(l: usize, x: usize, end: usize, bytes: usize, target: usize): void {
  const l2 = l + 2 * bytes;
  let s00 = f64x2.splat(0), s01 = s00, s10 = s00, s11 = s00;
  let s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  let other = l2;
  for (; l < end; l += 8, other += 8, x += ROW_BYTES) {
    const u = v128.load(x), v = v128.load(x, 16);
    let t = v128.load64_splat(l);
    s00 = multiplyAdd64(t, u, s00);
    s01 = multiplyAdd64(t, v, s01);
    t = v128.load64_splat(l + bytes);
    s10 = multiplyAdd64(t, u, s10);
    s11 = multiplyAdd64(t, v, s11);
    t = v128.load64_splat(other);
    s20 = multiplyAdd64(t, u, s20);
    s21 = multiplyAdd64(t, v, s21);
    t = v128.load64_splat(other + bytes);
    s30 = multiplyAdd64(t, u, s30);
    s31 = multiplyAdd64(t, v, s31);
  }
  v128.store(target, s00);
  v128.store(target, s01, 16);
  target += ROW_BYTES;
  v128.store(target, s10);
  v128.store(target, s11, 16);
  target += ROW_BYTES;
  v128.store(target, s20);
  v128.store(target, s21, 16);
  target += ROW_BYTES;
  v128.store(target, s30);
  v128.store(target, s31, 16);
}

export function multiplyOne(l: usize, x: usize, end: usize, target: usize): void {
  let low = f64x2.splat(0), high = low;
  for (; l < end; l += 8, x += ROW_BYTES) {
    const t = v128.load64_splat(l);
    low = multiplyAdd64(t, v128.load(x), low);
    high = multiplyAdd64(t, v128.load(x, 16), high);
  }
  v128.store(target, low);
  v128.store(target, high, 16);
}

/** Replaces a row of 32 numbers by minus the sum of it and those before it, each times its factor. */
export function combineRows(factors: usize, rows: usize, row: i32): void {
  const last = <usize> row * ROW_BYTES;
  for (let at: usize = 0; at < ROW_BYTES; at += 64) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let factor = factors;
    for (let from = rows + at; from <= rows + at + last; from += ROW_BYTES, factor += 8) {
      const t = v128.load64_splat(factor);
      s0 = multiplySubtract64(t, v128.load(from), s0);
      s1 = multiplySubtract64(t, v128.load(from, 16), s1);
      s2 = multiplySubtract64(t, v128.load(from, 32), s2);
      s3 = multiplySubtract64(t, v128.load(from, 48), s3);
    }
    const to = rows + at + last;
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
}

/** Writes a column of tiles to the inverse, zeros above the diagonal. */
export function writeColumn(args: usize, matrix: i32, column: i32, columns: usize): void {
  const d = dimensionOf(args);
  const bytes = <usize> d << 3;
  const width = <usize> rowsOf(args, column) << 3;
  const first = column * TILE;
  let to = inverseAt(args, matrix) + (<usize> first << 3);
  for (let row = 0; row < first; row++, to += bytes) memory.fill(to, 0, width);
  let from = columns + <usize> first * ROW_BYTES;
  for (let row = first; row < d; row++, to += bytes, from += ROW_BYTES) memory.copy(to, from, width);
}
