// @ts-nocheck AssemblyScript
// The E-step of a chunk of rows: squared lengths, then responsibilities and log-densities.
import { constant64 } from "../shared/constant64.ts";
import { exp64, expToZero64 } from "../shared/exp64.ts";
import { log64 } from "../shared/log64.ts";
import { leavesBlock } from "../shared/job.ts";
import { multiplyAdd64 } from "../shared/vector.ts";
import { whitenDiagonals } from "./diagonals.ts";
import { hasFewColumns, spreadFew, whitenFew } from "./few_columns.ts";
import {
  BOUNDS_BYTES,
  boundsAt,
  boundsKnown,
  CHUNK,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  constantsAt,
  densitiesIn,
  expectationUnit,
  factorBytes,
  factorsAt,
  hasTriangles,
  isLong,
  isWide,
  leastExponent,
  listIn,
  meansAt,
  movesAt,
  responsibilitiesIn,
  rowBytes,
  rowsAt,
  scalesIn,
  thresholdsIn,
  workIn,
} from "./problem.ts";
import {
  boundOf,
  boundsOf,
  findBest,
  INFINITE,
  leaveOut,
  listAll,
  listNear,
  writeThresholds,
} from "./prune.ts";
import { gatherTile, TILE_BYTES, whitenTile } from "./whiten.ts";

/** Stands for a largest log-density of minus infinity, so that no difference of infinities is taken. */
const LOWEST = constant64(-f64.MAX_VALUE);
const ZERO = constant64(0);
const MINUS_HALF = constant64(-0.5);
/** e to more than this is a normal number. */
const LEAST_NORMAL: f64 = -708;
const ONE = constant64(1);

/**
 * log-densities and responsibilities of `rows` rows from `first` on, from a unit of work on. Returns false if the
 * thread left, to come back at `at` plus the number of the unit.
 */
export function expectChunk(
  thread: i32,
  block: i32,
  at: i32,
  unit: i32,
  args: usize,
  scratch: usize,
  first: i32,
  rows: i32,
): bool {
  if (hasFewColumns(args)) {
    spreadFew(args, scratch, first, rows);
    whitenFew(args, scratch, rows);
  } else if (hasTriangles(args)) {
    if (!whitenTriangles(thread, block, at, unit, args, scratch, first, rows)) return false;
  } else whitenDiagonals(args, scratch, first, rows);
  if (boundsAt(args)) findBest(args, first, rows, responsibilitiesIn(scratch));
  normalize(args, rows, responsibilitiesIn(scratch), densitiesIn(scratch), scalesIn(scratch));
  return true;
}

export function whitenTriangles(
  thread: i32,
  block: i32,
  at: i32,
  unit: i32,
  args: usize,
  scratch: usize,
  first: i32,
  rows: i32,
): bool {
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
  // Who comes back finds thresholds, and the components that are done have new bounds.
  if (known && unit === 0) writeThresholds(args, first, rows, thresholdsIn(scratch));
  let count = known ? 0 : listAll(list, rows);
  const long = isLong(args);
  // With bounds, a component is done at once: it is listed by bounds that it then writes.
  const most = long && !bounds ? 8 : CHUNK;
  for (let c = 0; c < k; c++) {
    if (known && expectationUnit(c, 0) >= unit) {
      count = listNear(args, c, movesAt(args), thresholdsIn(scratch), bounds, rows, list);
      leaveOut(out, rows);
    }
    for (let start = 0; start < count; start += most) {
      const own = expectationUnit(c, start);
      if (long) {
        if (own < unit) continue;
        if (own > unit && leavesBlock(thread, block, at + own)) return false;
      }
      const listed = list + (<usize> start << 2);
      const part = min(most, count - start);
      if (isWide(args)) whitenWide(x, mean, factor, bytes, d, listed, part, work, out, bounds);
      else whitenNarrow(x, mean, factor, bytes, d, listed, part, work, out, bounds);
    }
    if (bounds) bounds += BOUNDS_BYTES;
    mean += <usize> d << 3;
    factor += factorBytes(args);
    out += CHUNK_BYTES;
  }
  return true;
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

/** Turns squared lengths into multiples of responsibilities, and gives what scales those, and log p(x). */
export function normalize(
  args: usize,
  rows: i32,
  squares: usize,
  densities: usize,
  scales: usize,
): void {
  const least = leastExponent(args);
  if (least > LEAST_NORMAL) normalizeRows(args, rows, squares, least, true, densities, scales);
  else normalizeRows(args, rows, squares, least, false, densities, scales);
}

// @ts-ignore: decorator
@inline
function normalizeRows(
  args: usize,
  rows: i32,
  squares: usize,
  leastExponent: f64,
  areNormal: bool,
  densities: usize,
  scales: usize,
): void {
  const constants = constantsAt(args);
  const bytes = <usize> componentCount(args) * CHUNK_BYTES;
  const least = f64x2.splat(leastExponent);
  for (let row: usize = 0; row < <usize> rows << 3; row += 16) {
    const begin = squares + row;
    const end = begin + bytes;
    let largest = LOWEST;
    let constant = constants;
    for (let at = begin; at < end; at += CHUNK_BYTES, constant += 8) {
      // pmin, not min: it takes the bound where the square is NaN.
      const square = f64x2.pmin(INFINITE, v128.load(at));
      const joint = multiplyAdd64(square, MINUS_HALF, v128.load64_splat(constant));
      v128.store(at, joint);
      largest = f64x2.pmax(largest, joint);
    }
    let sum = ZERO;
    for (let at = begin; at < end; at += CHUNK_BYTES) {
      const exponent = f64x2.sub(v128.load(at), largest);
      const counts = f64x2.gt(exponent, least);
      if (v128.any_true(counts)) {
        const e = areNormal ? exp64(exponent) : expToZero64(f64x2.pmax(exponent, least));
        const value = v128.and(e, counts);
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
