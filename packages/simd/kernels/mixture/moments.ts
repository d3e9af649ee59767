// @ts-nocheck AssemblyScript
// The M-step of a chunk of rows: moments of √r (x - about, 1), whose products carry the responsibility r.
import { loadOne, loadPair } from "../shared/load.ts";
import { multiplyAdd64 } from "../shared/vector.ts";
import {
  aboutAt,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  GATHERED,
  hasTriangles,
  isWide,
  listIn,
  responsibilitiesIn,
  rowBytes,
  rowsAt,
  strideOf,
  workIn,
} from "./problem.ts";

/** Adds the moments of `rows` rows from `first` on to a slot of sums. */
export function addMoments(args: usize, scratch: usize, first: i32, rows: i32, slot: usize): void {
  const stride = strideOf(args);
  const d = columnCount(args);
  const list = listIn(scratch);
  const gathered = workIn(scratch, args);
  const bytes = rowBytes(args);
  const x = rowsAt(args) + <usize> first * bytes;
  const size = <usize> (hasTriangles(args) ? stride * stride : 2 * stride) << 3;
  let r = responsibilitiesIn(scratch);
  let about = aboutAt(args);
  for (let c = 0; c < componentCount(args); c++) {
    const count = listRows(r, rows, list);
    for (let start = 0; start < count; start += GATHERED) {
      const part = min(GATHERED, count - start);
      const from = list + (<usize> start << 2);
      if (isWide(args)) gatherWide(x, about, r, bytes, d, stride, from, part, gathered);
      else gatherNarrow(x, about, r, bytes, d, stride, from, part, gathered);
      if (hasTriangles(args)) addProducts(gathered, part, stride, slot);
      else addSquares(gathered, part, stride, d, slot);
    }
    r += CHUNK_BYTES;
    about += <usize> d << 3;
    slot += size;
  }
}

/** Writes the indices of the rows that a component has a share of; gives their number. */
export function listRows(r: usize, rows: i32, list: usize): i32 {
  const begin = list;
  const zero = f64x2.splat(0);
  for (let row = 0; row < rows; row += 2) {
    let mask = i64x2.bitmask(f64x2.gt(v128.load(r + (<usize> row << 3)), zero));
    if (row + 1 === rows) mask &= 1;
    while (mask) {
      store<i32>(list, row + ctz<i32>(mask));
      mask &= mask - 1;
      list += 4;
    }
  }
  return <i32> ((list - begin) >> 2);
}

export function gatherWide(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  d: i32,
  stride: i32,
  list: usize,
  count: i32,
  out: usize,
): void {
  gatherRows<f64>(x, about, r, bytes, d, stride, list, count, out);
}

export function gatherNarrow(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  d: i32,
  stride: i32,
  list: usize,
  count: i32,
  out: usize,
): void {
  gatherRows<f32>(x, about, r, bytes, d, stride, list, count, out);
}

/** √r (x - about, 1) of the listed rows, side by side; zeros up to the stride. */
// @ts-ignore: decorator
@inline
function gatherRows<T>(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  d: i32,
  stride: i32,
  list: usize,
  count: i32,
  out: usize,
): void {
  const end = list + (<usize> count << 2);
  const outBytes = <usize> stride << 3;
  for (; list < end; list += 4, out += outBytes) {
    const index = <usize> load<i32>(list);
    const root = sqrt(load<f64>(r + (index << 3)));
    const weight = f64x2.splat(root);
    let from = x + index * bytes;
    let mean = about;
    let to = out;
    let j = 0;
    for (; j + 2 <= d; j += 2, from += 2 * sizeof<T>(), mean += 16, to += 16) {
      v128.store(to, f64x2.mul(weight, f64x2.sub(loadPair<T>(from), v128.load(mean))));
    }
    if (j < d) {
      store<f64>(to, root * (loadOne<T>(from) - load<f64>(mean)));
      to += 8;
    }
    store<f64>(to, root);
    for (to += 8; to < out + outBytes; to += 8) store<f64>(to, 0);
  }
}

/** Adds GᵀG of gathered rows G to the lower triangle of a stride × stride matrix, in tiles of 4 × 4. */
export function addProducts(g: usize, count: i32, stride: i32, target: usize): void {
  const bytes = <usize> stride << 3;
  for (let row: usize = 0; row < bytes; row += 32) {
    const targetRow = target + row * stride;
    for (let column: usize = 0; column <= row; column += 32) {
      addTile(g + row, g + column, bytes, count, targetRow + column);
    }
  }
}

export function addTile(a: usize, b: usize, bytes: usize, count: i32, target: usize): void {
  let s00 = f64x2.splat(0), s01 = s00, s10 = s00, s11 = s00;
  let s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  for (; count > 0; count--, a += bytes, b += bytes) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let t = v128.load64_splat(a);
    s00 = multiplyAdd64(t, b0, s00);
    s01 = multiplyAdd64(t, b1, s01);
    t = v128.load64_splat(a, 8);
    s10 = multiplyAdd64(t, b0, s10);
    s11 = multiplyAdd64(t, b1, s11);
    t = v128.load64_splat(a, 16);
    s20 = multiplyAdd64(t, b0, s20);
    s21 = multiplyAdd64(t, b1, s21);
    t = v128.load64_splat(a, 24);
    s30 = multiplyAdd64(t, b0, s30);
    s31 = multiplyAdd64(t, b1, s31);
  }
  addTo(target, s00);
  addTo(target + 16, s01);
  target += bytes;
  addTo(target, s10);
  addTo(target + 16, s11);
  target += bytes;
  addTo(target, s20);
  addTo(target + 16, s21);
  target += bytes;
  addTo(target, s30);
  addTo(target + 16, s31);
}

/** Adds the squares of gathered rows to the first stride numbers, their products with √r to the next. */
export function addSquares(g: usize, count: i32, stride: i32, d: i32, target: usize): void {
  const bytes = <usize> stride << 3;
  const weight = g + (<usize> d << 3);
  for (let column: usize = 0; column < bytes; column += 16) {
    let squares = f64x2.splat(0);
    let products = squares;
    let at: usize = 0;
    for (let i = 0; i < count; i++, at += bytes) {
      const value = v128.load(g + column + at);
      squares = multiplyAdd64(value, value, squares);
      products = multiplyAdd64(value, v128.load64_splat(weight + at), products);
    }
    addTo(target + column, squares);
    addTo(target + bytes + column, products);
  }
}

// @ts-ignore: decorator
@inline
function addTo(target: usize, lanes: v128): void {
  v128.store(target, f64x2.add(v128.load(target), lanes));
}
