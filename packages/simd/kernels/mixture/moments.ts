// @ts-nocheck AssemblyScript
// The M-step of a chunk of rows: moments of √r (x - mean, 1), whose products carry the responsibility r.
import { constant } from "../shared/constant.ts";
import { lane0, lane1, lane2, lane3 } from "../shared/lanes.ts";
import { multiplyAdd, promoteHigh, promoteLow } from "../shared/vector.ts";
import {
  CHUNK_BYTES,
  columnCount,
  componentCount,
  GATHERED,
  hasTriangles,
  listIn,
  meansAt,
  responsibilitiesIn,
  rowsAt,
  strideOf,
  workIn,
} from "./problem.ts";

/**
 * Responsibilities of at most 2^-53 are left out: beside the 1 that a row's add up to, float64 would not
 * see them either.
 */
const NEGLIGIBLE = constant(1.1102230246251565e-16);

/** Adds the moments of `rows` rows from `first` on to a slot of float64 sums. */
export function addMoments(args: usize, scratch: usize, first: i32, rows: i32, slot: usize): void {
  const stride = strideOf(args);
  const list = listIn(scratch);
  const gathered = workIn(scratch, args);
  const x = rowsAt(args) + (<usize> first * stride << 2);
  const size = <usize> (hasTriangles(args) ? stride * stride : 2 * stride) << 3;
  let r = responsibilitiesIn(scratch);
  let mean = meansAt(args);
  for (let c = 0; c < componentCount(args); c++) {
    const count = listRows(r, rows, list);
    for (let start = 0; start < count; start += GATHERED) {
      const part = min(GATHERED, count - start);
      gatherRows(x, mean, r, stride, list + (<usize> start << 2), part, gathered);
      if (hasTriangles(args)) addProducts(gathered, part, stride, slot);
      else addSquares(gathered, part, stride, columnCount(args), slot);
    }
    r += CHUNK_BYTES;
    mean += <usize> stride << 2;
    slot += size;
  }
}

/** Writes the indices of the rows that matter to a component; gives their number. */
export function listRows(r: usize, rows: i32, list: usize): i32 {
  const begin = list;
  for (let row = 0; row < rows; row += 4) {
    const matters = f32x4.gt(v128.load(r + (<usize> row << 2)), NEGLIGIBLE);
    let mask = i32x4.bitmask(matters);
    while (mask) {
      const i = row + ctz<i32>(mask);
      mask &= mask - 1;
      if (i >= rows) break;
      store<i32>(list, i);
      list += 4;
    }
  }
  return <i32> ((list - begin) >> 2);
}

/** √r (x - mean) of the listed rows, side by side; the 1 that ends a row becomes √r. */
export function gatherRows(
  x: usize,
  mean: usize,
  r: usize,
  stride: i32,
  list: usize,
  count: i32,
  out: usize,
): void {
  const bytes = <usize> stride << 2;
  const end = list + (<usize> count << 2);
  for (; list < end; list += 4) {
    const index = <usize> load<i32>(list);
    const weight = f32x4.splat(sqrt<f32>(load<f32>(r + (index << 2))));
    const row = x + index * bytes;
    for (let at: usize = 0; at < bytes; at += 16, out += 16) {
      const centred = f32x4.sub(v128.load(row + at), v128.load(mean + at));
      v128.store(out, f32x4.mul(weight, centred));
    }
  }
}

/** Adds GᵀG of gathered rows G to the lower triangle of a stride × stride matrix, in tiles of 4 × 8. */
export function addProducts(g: usize, count: i32, stride: i32, target: usize): void {
  const bytes = <usize> stride << 2;
  for (let row: usize = 0; row < bytes; row += 16) {
    const targetRow = target + row * 2 * stride;
    let column: usize = 0;
    for (; column < row; column += 32) {
      addWideTile(g + row, g + column, bytes, count, targetRow + column * 2);
    }
    if (column === row) addTile(g + row, g + column, bytes, count, targetRow + column * 2);
  }
}

export function addWideTile(a: usize, b: usize, bytes: usize, count: i32, target: usize): void {
  let s00 = f32x4.splat(0), s01 = s00, s10 = s00, s11 = s00;
  let s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  for (let i = 0; i < count; i++, a += bytes, b += bytes) {
    const left = v128.load(a);
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let factor = lane0(left);
    s00 = multiplyAdd(factor, b0, s00);
    s01 = multiplyAdd(factor, b1, s01);
    factor = lane1(left);
    s10 = multiplyAdd(factor, b0, s10);
    s11 = multiplyAdd(factor, b1, s11);
    factor = lane2(left);
    s20 = multiplyAdd(factor, b0, s20);
    s21 = multiplyAdd(factor, b1, s21);
    factor = lane3(left);
    s30 = multiplyAdd(factor, b0, s30);
    s31 = multiplyAdd(factor, b1, s31);
  }
  const row = bytes * 2;
  addTo(target, s00);
  addTo(target + 32, s01);
  addTo(target + row, s10);
  addTo(target + row + 32, s11);
  addTo(target + 2 * row, s20);
  addTo(target + 2 * row + 32, s21);
  addTo(target + 3 * row, s30);
  addTo(target + 3 * row + 32, s31);
}

export function addTile(a: usize, b: usize, bytes: usize, count: i32, target: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let i = 0; i < count; i++, a += bytes, b += bytes) {
    const left = v128.load(a);
    const right = v128.load(b);
    s0 = multiplyAdd(lane0(left), right, s0);
    s1 = multiplyAdd(lane1(left), right, s1);
    s2 = multiplyAdd(lane2(left), right, s2);
    s3 = multiplyAdd(lane3(left), right, s3);
  }
  const row = bytes * 2;
  addTo(target, s0);
  addTo(target + row, s1);
  addTo(target + 2 * row, s2);
  addTo(target + 3 * row, s3);
}

/** Adds the squares of gathered rows to the first stride numbers, their products with √r to the next. */
export function addSquares(g: usize, count: i32, stride: i32, d: i32, target: usize): void {
  const bytes = <usize> stride << 2;
  const weight = <usize> d << 2;
  for (let column: usize = 0; column < bytes; column += 16) {
    let squares = f32x4.splat(0);
    let products = squares;
    let at = g;
    for (let i = 0; i < count; i++, at += bytes) {
      const value = v128.load(at + column);
      squares = multiplyAdd(value, value, squares);
      products = multiplyAdd(value, v128.load32_splat(at + weight), products);
    }
    addTo(target + column * 2, squares);
    addTo(target + bytes * 2 + column * 2, products);
  }
}

/** Adds four float32 lanes to four float64 numbers. */
// @ts-ignore: decorator
@inline
function addTo(target: usize, lanes: v128): void {
  v128.store(target, f64x2.add(v128.load(target), promoteLow(lanes)));
  v128.store(target, f64x2.add(v128.load(target, 16), promoteHigh(lanes)), 16);
}
