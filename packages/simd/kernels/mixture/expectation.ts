// @ts-nocheck AssemblyScript
// The E-step of a chunk of rows: squared lengths, then responsibilities and log-densities.
import { constant64 } from "../shared/constant64.ts";
import { exp64 } from "../shared/exp64.ts";
import { log64 } from "../shared/log64.ts";
import { FEW, whitenFew } from "./few_columns.ts";
import {
  BOUNDS_BYTES,
  boundsAt,
  boundsKnown,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  constantsAt,
  densitiesIn,
  factorBytes,
  factorsAt,
  hasTriangles,
  isWide,
  leastExponent,
  listIn,
  meansAt,
  responsibilitiesIn,
  rowBytes,
  rowsAt,
  scalesIn,
  screenedIn,
  screensAt,
  thresholdsIn,
  workIn,
} from "./problem.ts";
import { boundsOf, findBest, listNear, writeThresholds } from "./prune.ts";
import { leavesMostOut, screenRows } from "./screen.ts";
import { gatherTile, TILE_BYTES, whitenDiagonal, whitenDiagonalPair, whitenTile } from "./whiten.ts";

/** The squared length of a row whose terms cancel beyond float64, and of a row for a component left out. */
const INFINITE = constant64(f64.POSITIVE_INFINITY);
/** Stands for a largest log-density of minus infinity, so that no difference of infinities is taken. */
const LOWEST = constant64(-f64.MAX_VALUE);
const ZERO = constant64(0);
const HALF = constant64(0.5);
const ONE = constant64(1);
/** Bounds end here: beyond, a component would have to move too far to matter for its bound to hold in float32. */
const LONGEST: f64 = 1e30;

/** log-densities and responsibilities of `rows` rows from `first` on. */
export function expectChunk(args: usize, scratch: usize, first: i32, rows: i32): void {
  if (hasTriangles(args) && columnCount(args) <= FEW) whitenFew(args, scratch, first, rows);
  else if (hasTriangles(args)) whitenTriangles(args, scratch, first, rows);
  else whitenDiagonals(args, scratch, first, rows);
  if (boundsAt(args)) findBest(args, first, rows, responsibilitiesIn(scratch));
  normalize(args, rows, responsibilitiesIn(scratch), densitiesIn(scratch), scalesIn(scratch));
}

export function whitenTriangles(args: usize, scratch: usize, first: i32, rows: i32): void {
  const k = componentCount(args);
  const d = columnCount(args);
  const bytes = rowBytes(args);
  const list = listIn(scratch);
  const work = workIn(scratch, args);
  const x = rowsAt(args) + <usize> first * bytes;
  const known = boundsKnown(args);
  let bounds = boundsOf(args, first);
  let mean = meansAt(args);
  let factor = factorsAt(args);
  let out = responsibilitiesIn(scratch);
  if (known) writeThresholds(args, first, rows, thresholdsIn(scratch));
  let count = known ? 0 : listAll(list, rows);
  for (let c = 0; c < k; c++) {
    if (known) {
      count = listNear(args, c, thresholdsIn(scratch), bounds, rows, list);
      leaveOut(out, rows);
    }
    if (isWide(args)) whitenWide(x, mean, factor, bytes, d, list, count, work, out, bounds);
    else whitenNarrow(x, mean, factor, bytes, d, list, count, work, out, bounds);
    if (bounds) bounds += BOUNDS_BYTES;
    mean += <usize> d << 3;
    factor += factorBytes(args);
    out += CHUNK_BYTES;
  }
}

export function listAll(list: usize, rows: i32): i32 {
  for (let i = 0; i < rows; i++) store<i32>(list + (<usize> i << 2), i);
  return rows;
}

export function leaveOut(out: usize, rows: i32): void {
  const end = out + (<usize> rows << 3);
  for (; out < end; out += 16) v128.store(out, INFINITE);
}

export function whitenWide(
  x: usize,
  mean: usize,
  factor: usize,
  bytes: usize,
  d: i32,
  list: usize,
  count: i32,
  centred: usize,
  out: usize,
  bounds: usize,
): void {
  whitenListed<f64>(x, mean, factor, bytes, d, list, count, centred, out, bounds);
}

export function whitenNarrow(
  x: usize,
  mean: usize,
  factor: usize,
  bytes: usize,
  d: i32,
  list: usize,
  count: i32,
  centred: usize,
  out: usize,
  bounds: usize,
): void {
  whitenListed<f32>(x, mean, factor, bytes, d, list, count, centred, out, bounds);
}

/** Squared lengths of the listed rows, eight at a time, and their square roots as new bounds. */
// @ts-ignore: decorator
@inline
function whitenListed<T>(
  x: usize,
  mean: usize,
  factor: usize,
  bytes: usize,
  d: i32,
  list: usize,
  count: i32,
  centred: usize,
  out: usize,
  bounds: usize,
): void {
  const result = centred + TILE_BYTES * d;
  for (let start = 0; start < count; start += 8, list += 32) {
    // The list has room for eight more: a last tile that is not full repeats its first row.
    for (let i = count - start; i < 8; i++) store<i32>(list + (<usize> i << 2), load<i32>(list));
    gatherTile<T>(x, mean, bytes, d, list, centred);
    whitenTile(centred, factor, d, result);
    for (let i: usize = 0; i < 8; i++) {
      const at = <usize> load<i32>(list + (i << 2));
      const square = load<f64>(result + (i << 3));
      store<f64>(out + (at << 3), square);
      if (bounds) store<f32>(bounds + (at << 2), boundOf(square));
    }
  }
}

/** Squared lengths where W is a diagonal. */
export function whitenDiagonals(args: usize, scratch: usize, first: i32, rows: i32): void {
  if (screensAt(args) && leavesMostOut(args, scratch, first, rows)) {
    return whitenNearDiagonals(args, scratch, first, rows);
  }
  const x = rowsAt(args) + <usize> first * rowBytes(args);
  const out = responsibilitiesIn(scratch);
  for (let row = 0; row < rows; row += 4) {
    if (isWide(args)) whitenFour<f64>(args, x, row, rows, out);
    else whitenFour<f32>(args, x, row, rows, out);
  }
}

/** Four rows with every component; rows beyond the last repeat it. */
// @ts-ignore: decorator
@inline
function whitenFour<T>(args: usize, x: usize, row: i32, rows: i32, out: usize): void {
  const d = columnCount(args);
  const bytes = rowBytes(args);
  const step = factorBytes(args);
  const last = rows - 1;
  const r0 = x + <usize> row * bytes;
  const r1 = x + <usize> min(last, row + 1) * bytes;
  const r2 = x + <usize> min(last, row + 2) * bytes;
  const r3 = x + <usize> min(last, row + 3) * bytes;
  let mean = meansAt(args);
  let factor = factorsAt(args);
  let at = out + (<usize> row << 3);
  let c = componentCount(args);
  for (; c >= 2; c -= 2) {
    whitenDiagonalPair<T>(r0, r1, r2, r3, mean, factor, step, d, at, CHUNK_BYTES);
    mean += <usize> d << 4;
    factor += 2 * step;
    at += 2 * CHUNK_BYTES;
  }
  if (c) whitenDiagonal<T>(r0, r1, r2, r3, mean, factor, d, at);
}

/** The same for the rows that float32 does not rule out for a component. */
export function whitenNearDiagonals(args: usize, scratch: usize, first: i32, rows: i32): void {
  const d = columnCount(args);
  const list = listIn(scratch);
  const x = rowsAt(args) + <usize> first * rowBytes(args);
  const result = workIn(scratch, args);
  let bounds = screenedIn(scratch, args);
  let mean = meansAt(args);
  let factor = factorsAt(args);
  let out = responsibilitiesIn(scratch);
  screenRows(args, scratch, first, rows);
  for (let c = 0; c < componentCount(args); c++) {
    const count = listNear(args, c, thresholdsIn(scratch), bounds, rows, list);
    leaveOut(out, rows);
    whitenFours(x, mean, factor, d, list, count, result, out);
    bounds += BOUNDS_BYTES;
    mean += <usize> d << 3;
    factor += factorBytes(args);
    out += CHUNK_BYTES;
  }
}

/** Squared lengths of the listed rows, float32, four at a time. */
export function whitenFours(
  x: usize,
  mean: usize,
  factor: usize,
  d: i32,
  list: usize,
  count: i32,
  result: usize,
  out: usize,
): void {
  const bytes = <usize> d << 2;
  for (let start = 0; start < count; start += 4, list += 16) {
    // The list has room for four more: a last tile that is not full repeats its first row.
    for (let i = count - start; i < 4; i++) store<i32>(list + (<usize> i << 2), load<i32>(list));
    const i0 = <usize> load<i32>(list), i1 = <usize> load<i32>(list, 4);
    const i2 = <usize> load<i32>(list, 8), i3 = <usize> load<i32>(list, 12);
    const r0 = x + i0 * bytes, r1 = x + i1 * bytes, r2 = x + i2 * bytes, r3 = x + i3 * bytes;
    whitenDiagonal<f32>(r0, r1, r2, r3, mean, factor, d, result);
    store<f64>(out + (i0 << 3), load<f64>(result));
    store<f64>(out + (i1 << 3), load<f64>(result, 8));
    store<f64>(out + (i2 << 3), load<f64>(result, 16));
    store<f64>(out + (i3 << 3), load<f64>(result, 24));
  }
}

/** A whitened length as a bound: a NaN becomes 0, which leaves nothing out. */
// @ts-ignore: decorator
@inline
function boundOf(square: f64): f32 {
  return square > 0 ? <f32> min(LONGEST, sqrt(square)) : 0;
}

/** Turns squared lengths into multiples of responsibilities, and gives what scales those, and log p(x). */
export function normalize(
  args: usize,
  rows: i32,
  squares: usize,
  densities: usize,
  scales: usize,
): void {
  const constants = constantsAt(args);
  const least = f64x2.splat(leastExponent(args));
  const bytes = <usize> componentCount(args) * CHUNK_BYTES;
  for (let row: usize = 0; row < <usize> rows << 3; row += 16) {
    const begin = squares + row;
    const end = begin + bytes;
    let largest = LOWEST;
    let constant = constants;
    for (let at = begin; at < end; at += CHUNK_BYTES, constant += 8) {
      // pmin, not min: it takes the bound where the square is NaN.
      const square = f64x2.pmin(INFINITE, v128.load(at));
      const joint = f64x2.sub(v128.load64_splat(constant), f64x2.mul(square, HALF));
      v128.store(at, joint);
      largest = f64x2.pmax(largest, joint);
    }
    let sum = ZERO;
    for (let at = begin; at < end; at += CHUNK_BYTES) {
      const exponent = f64x2.sub(v128.load(at), largest);
      const counts = f64x2.gt(exponent, least);
      if (v128.any_true(counts)) {
        const value = v128.and(exp64(f64x2.pmax(exponent, least)), counts);
        v128.store(at, value);
        sum = f64x2.add(sum, value);
      } else {
        v128.store(at, ZERO);
      }
    }
    // Where nothing is left of any density the sum is 0: its logarithm is -Infinity, 0 / 0 is NaN.
    const none = f64x2.eq(sum, ZERO);
    const logarithm = v128.bitselect(f64x2.neg(INFINITE), log64(f64x2.pmax(sum, ONE)), none);
    v128.store(densities + row, f64x2.add(largest, logarithm));
    v128.store(scales + row, f64x2.div(ONE, sum));
  }
}
