// @ts-nocheck AssemblyScript
// The M-step of a chunk of rows: moments of u = x - about under responsibilities r. Matrices are products of √r (u, 1),
// which are gathered first; for diagonals see squares.ts.
import { loadOne, loadPair } from "../shared/load.ts";
import { leavesBlock } from "../shared/job.ts";
import { addTo, multiplyAdd64 } from "../shared/vector.ts";
import {
  aboutAt,
  BANDS,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  hasTriangles,
  isLong,
  isWide,
  listedIn,
  listIn,
  momentsUnit,
  partRows,
  responsibilitiesIn,
  rowBytes,
  rowsAt,
  scalesIn,
  strideOf,
  workIn,
} from "./problem.ts";
import { addSquaresNarrow, addSquaresWide } from "./squares.ts";

/**
 * Adds the moments of `rows` rows from `first` on to a slot of sums, from a unit of work on. Returns false if the thread
 * left, to come back at `at` plus the number of the unit.
 */
export function addMoments(
  thread: i32,
  block: i32,
  at: i32,
  unit: i32,
  args: usize,
  scratch: usize,
  first: i32,
  rows: i32,
  slot: usize,
): bool {
  const stride = strideOf(args);
  const d = columnCount(args);
  const list = listIn(scratch);
  const gathered = workIn(scratch, args);
  const bytes = rowBytes(args);
  const x = rowsAt(args) + <usize> first * bytes;
  const triangles = hasTriangles(args);
  const size = <usize> (triangles ? stride * stride : 2 * stride) << 3;
  const most = partRows(args);
  const long = isLong(args);
  let r = responsibilitiesIn(scratch);
  let about = aboutAt(args);
  for (let c = 0; c < componentCount(args); c++) {
    let own = momentsUnit(c, 0);
    let count = 0;
    if (long) {
      if (own > unit && leavesBlock(thread, block, at + own)) return false;
      // Those of components before are done, and one that was begun has its list.
      if (own >= unit) store<i32>(listedIn(scratch), listRows(r, scalesIn(scratch), rows, list));
      if (momentsUnit(c + 1, 0) > unit) count = load<i32>(listedIn(scratch));
    } else count = listRows(r, scalesIn(scratch), rows, list);
    for (let start = 0; start < count; start += most, own += BANDS) {
      if (long && own + BANDS <= unit) continue;
      const part = min(most, count - start);
      const from = list + (<usize> start << 2);
      if (!triangles) {
        if (isWide(args)) addSquaresWide(x, about, r, bytes, d, stride, from, part, slot);
        else addSquaresNarrow(x, about, r, bytes, d, stride, from, part, slot);
        continue;
      }
      for (let band = 0; band < BANDS; band++) {
        if (long) {
          if (own + band < unit) continue;
          const isFirst = start === 0 && band === 0;
          if (!isFirst && own + band > unit && leavesBlock(thread, block, at + own + band)) {
            return false;
          }
        }
        // Who comes back finds the rows gathered.
        if (band === 0) {
          if (isWide(args)) gatherWide(x, about, r, bytes, d, stride, from, part, gathered);
          else gatherNarrow(x, about, r, bytes, d, stride, from, part, gathered);
        }
        addProducts(gathered, part, stride, bandRow(stride, band), bandRow(stride, band + 1), slot);
      }
    }
    r += CHUNK_BYTES;
    about += <usize> d << 3;
    slot += size;
  }
  return true;
}

/** Scales the responsibilities of a component, and writes the indices of the rows that it has a share of. */
export function listRows(r: usize, scales: usize, rows: i32, list: usize): i32 {
  const begin = list;
  const zero = f64x2.splat(0);
  for (let row = 0; row < rows; row += 2, r += 16, scales += 16) {
    const part = v128.load(r);
    let mask = i64x2.bitmask(f64x2.gt(part, zero));
    v128.store(r, f64x2.mul(part, v128.load(scales)));
    if (row + 1 === rows) mask &= 1;
    // Both are written, and stay if they count: which ones do is hard to predict.
    store<i32>(list, row);
    list += <usize> ((mask & 1) << 2);
    store<i32>(list, row + 1);
    list += <usize> ((mask & 2) << 1);
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

/** The first row of a band, of as much of the lower triangle as each. */
function bandRow(stride: i32, band: i32): i32 {
  if (band === BANDS) return stride;
  return <i32> (<f64> stride * sqrt(<f64> band / <f64> BANDS)) & ~3;
}

/** Adds GᵀG of gathered rows G to rows of the lower triangle of a stride × stride matrix, in tiles of 4 × 4. */
export function addProducts(
  g: usize,
  count: i32,
  stride: i32,
  first: i32,
  end: i32,
  target: usize,
): void {
  const bytes = <usize> stride << 3;
  for (let row = <usize> first << 3; row < <usize> end << 3; row += 32) {
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
