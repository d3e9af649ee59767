// @ts-nocheck AssemblyScript
// Squared lengths of a chunk where W is a diagonal. Components that bounds from the pass before, or lengths in
// float32, show not to matter to a row are left out of a chunk in which those are more than half.
import {
  BOUNDS_BYTES,
  boundsKnown,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  constantsAt,
  factorBytes,
  factorsAt,
  isWide,
  leastExponent,
  listIn,
  meansAt,
  movesAt,
  responsibilitiesIn,
  roundingsAt,
  rowBytes,
  rowsAt,
  screenedIn,
  screensAt,
  thresholdsIn,
  workIn,
} from "./problem.ts";
import { boundOf, boundsOf, leaveOut, listNear, writeThresholds } from "./prune.ts";
import { leavesMostOut, SAMPLE, screenRows } from "./screen.ts";
import { whitenDiagonal, whitenDiagonalPair } from "./whiten.ts";

/** The first bound of a chunk that has none. */
const NONE: f32 = -1;

export function whitenDiagonals(args: usize, scratch: usize, first: i32, rows: i32): void {
  const bounds = boundsOf(args, first);
  if (bounds && boundsKnown(args) && load<f32>(bounds) >= 0) {
    writeThresholds(args, first, rows, thresholdsIn(scratch));
    const near = whitenNear(args, scratch, first, rows, bounds, movesAt(args));
    if (2 * near >= componentCount(args) * rows) store<f32>(bounds, NONE);
  } else if (screensAt(args) && leavesMostOut(args, scratch, first, rows)) {
    const lengths = bounds ? bounds : screenedIn(scratch, args);
    screenRows(args, scratch, first, rows, lengths);
    whitenNear(args, scratch, first, rows, lengths, roundingsAt(args));
  } else {
    whitenAll(args, scratch, first, rows);
    if (bounds) keepBounds(args, rows, responsibilitiesIn(scratch), bounds);
  }
}

/** All rows with all components. */
export function whitenAll(args: usize, scratch: usize, first: i32, rows: i32): void {
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

/** Keeps squared lengths as bounds if those would leave out more than half of the components of a few rows. */
export function keepBounds(args: usize, rows: i32, squares: usize, bounds: usize): void {
  const k = componentCount(args);
  const sample = min(SAMPLE, rows);
  if (2 * countNear(args, sample, squares) >= k * sample) return store<f32>(bounds, NONE);
  for (let c = 0; c < k; c++, squares += CHUNK_BYTES, bounds += BOUNDS_BYTES) {
    for (let row: usize = 0; row < <usize> rows; row++) {
      store<f32>(bounds + (row << 2), boundOf(load<f64>(squares + (row << 3))));
    }
  }
}

/** Counts the pairs of a row and a component that does not count as 0 there. */
export function countNear(args: usize, rows: i32, squares: usize): i32 {
  const end = squares + <usize> componentCount(args) * CHUNK_BYTES;
  let near = 0;
  for (let row = 0; row < rows; row++, squares += 8) {
    let largest = -Infinity;
    let constant = constantsAt(args);
    for (let at = squares; at < end; at += CHUNK_BYTES, constant += 8) {
      largest = max(largest, load<f64>(constant) - 0.5 * load<f64>(at));
    }
    constant = constantsAt(args);
    for (let at = squares; at < end; at += CHUNK_BYTES, constant += 8) {
      if (load<f64>(constant) - 0.5 * load<f64>(at) > largest + leastExponent(args)) near++;
    }
  }
  return near;
}

/**
 * The rows with the components that may matter to them by their bounds, which become exact for those.
 *
 * @returns The number of pairs of a row and a component that were computed.
 */
export function whitenNear(
  args: usize,
  scratch: usize,
  first: i32,
  rows: i32,
  bounds: usize,
  moves: usize,
): i32 {
  const d = columnCount(args);
  const list = listIn(scratch);
  const x = rowsAt(args) + <usize> first * rowBytes(args);
  const result = workIn(scratch, args);
  let mean = meansAt(args);
  let factor = factorsAt(args);
  let out = responsibilitiesIn(scratch);
  let near = 0;
  for (let c = 0; c < componentCount(args); c++) {
    const count = listNear(args, c, moves, thresholdsIn(scratch), bounds, rows, list);
    leaveOut(out, rows);
    if (isWide(args)) whitenListedWide(x, mean, factor, d, list, count, result, out, bounds);
    else whitenListedNarrow(x, mean, factor, d, list, count, result, out, bounds);
    near += count;
    bounds += BOUNDS_BYTES;
    mean += <usize> d << 3;
    factor += factorBytes(args);
    out += CHUNK_BYTES;
  }
  return near;
}

export function whitenListedWide(
  x: usize,
  mean: usize,
  factor: usize,
  d: i32,
  list: usize,
  count: i32,
  result: usize,
  out: usize,
  bounds: usize,
): void {
  whitenFours<f64>(x, mean, factor, d, list, count, result, out, bounds);
}

export function whitenListedNarrow(
  x: usize,
  mean: usize,
  factor: usize,
  d: i32,
  list: usize,
  count: i32,
  result: usize,
  out: usize,
  bounds: usize,
): void {
  whitenFours<f32>(x, mean, factor, d, list, count, result, out, bounds);
}

/** Squared lengths of the listed rows, four at a time, and their square roots as bounds. */
// @ts-ignore: decorator
@inline
function whitenFours<T>(
  x: usize,
  mean: usize,
  factor: usize,
  d: i32,
  list: usize,
  count: i32,
  result: usize,
  out: usize,
  bounds: usize,
): void {
  const bytes = <usize> d * sizeof<T>();
  for (let start = 0; start < count; start += 4, list += 16) {
    // The list has room for four more: a last tile that is not full repeats its first row.
    for (let i = count - start; i < 4; i++) store<i32>(list + (<usize> i << 2), load<i32>(list));
    const i0 = <usize> load<i32>(list), i1 = <usize> load<i32>(list, 4);
    const i2 = <usize> load<i32>(list, 8), i3 = <usize> load<i32>(list, 12);
    const r0 = x + i0 * bytes, r1 = x + i1 * bytes, r2 = x + i2 * bytes, r3 = x + i3 * bytes;
    whitenDiagonal<T>(r0, r1, r2, r3, mean, factor, d, result);
    for (let i: usize = 0; i < 4; i++) {
      const at = <usize> load<i32>(list + (i << 2));
      const square = load<f64>(result + (i << 3));
      store<f64>(out + (at << 3), square);
      store<f32>(bounds + (at << 2), boundOf(square));
    }
  }
}
