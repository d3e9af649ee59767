// @ts-nocheck AssemblyScript
// Leaves out of the E-step what cannot matter, by bounds from the pass before.
//
// A row's whitened length |y| under a component becomes |y'| when the component moves. As
// y = A y' + W (mean' - mean) with A = W W'^-1, and |A y'| lies between (1 - e) |y'| and (1 + e) |y'| for
// e = |A - 1|, the length is at least (|y| - move) / (1 + e) and at most (|y| + move) / (1 - e). The upper
// bound for the row's best component says what its largest density is at least; a component whose
// density is at most e^least of that counts as 0 in any case, so it need not be computed. Bounds are kept
// for every row and component, and are exact again where the length was computed.
import { constant64 } from "../shared/constant64.ts";
import {
  bestAt,
  BOUNDS_BYTES,
  boundsAt,
  CHUNK,
  CHUNK_BYTES,
  componentCount,
  constantsAt,
  leastExponent,
  movesAt,
} from "./problem.ts";

/**
 * A component is left out when its bound lies this much lower still, as an exponent of e, and one part in a
 * thousand: room for the rounding of bounds, which are float32.
 */
export const MARGIN: f32 = 2;
export const ROOM: f32 = 0.001;

/** The squared length of a row whose terms cancel beyond float64, and of a row for a component left out. */
export const INFINITE = constant64(f64.POSITIVE_INFINITY);
/** Bounds end here: beyond, a component would have to move too far to matter for its bound to hold in float32. */
const LONGEST: f64 = 1e30;

export function boundsOf(args: usize, first: i32): usize {
  const bounds = boundsAt(args);
  return bounds ? bounds + <usize> (first / CHUNK * componentCount(args)) * BOUNDS_BYTES : 0;
}

/** For each row the log-density that a component must reach to be computed. */
export function writeThresholds(args: usize, first: i32, rows: i32, out: usize): void {
  const constants = constantsAt(args);
  const moves = movesAt(args);
  const margin = MARGIN - <f32> leastExponent(args);
  const k = <usize> componentCount(args) << 2;
  let best = bestAt(args) + (<usize> first << 3);
  for (let i = 0; i < rows; i++, best += 8, out += 4) {
    const c = <usize> load<i32>(best) << 2;
    const length = (load<f32>(best, 4) + load<f32>(moves + c)) * load<f32>(moves + 2 * k + c);
    const density = <f32> load<f64>(constants + 2 * c) - 0.5 * length * length;
    store<f32>(out, density - margin - ROOM * abs<f32>(density));
  }
}

/**
 * Moves the bounds of a component by its entries in `moves`, and writes the indices of the rows that it may matter to.
 */
export function listNear(
  args: usize,
  component: i32,
  moves: usize,
  thresholds: usize,
  bounds: usize,
  rows: i32,
  list: usize,
): i32 {
  const begin = list;
  const c = <usize> component << 2;
  const k = <usize> componentCount(args) << 2;
  const move = v128.load32_splat(moves + c);
  const shrink = v128.load32_splat(moves + k + c);
  const constant = f32x4.splat(<f32> load<f64>(constantsAt(args) + 2 * c));
  const half = f32x4.splat(0.5 * (1 - ROOM));
  for (let row = 0; row < rows; row += 4) {
    const at = <usize> row << 2;
    const moved = f32x4.sub(v128.load(bounds + at), move);
    const bound = f32x4.mul(f32x4.pmax(moved, f32x4.splat(0)), shrink);
    v128.store(bounds + at, bound);
    const density = f32x4.sub(constant, f32x4.mul(half, f32x4.mul(bound, bound)));
    // Not "≥": a threshold that is NaN or a density that is NaN leaves nothing out.
    const near = v128.not(f32x4.lt(density, v128.load(thresholds + at)));
    let mask = i32x4.bitmask(near);
    if (row + 4 > rows) mask &= (1 << (rows - row)) - 1;
    // Each is written, and stays if it is near: which ones are is hard to predict.
    store<i32>(list, row);
    list += <usize> ((mask & 1) << 2);
    store<i32>(list, row + 1);
    list += <usize> ((mask & 2) << 1);
    store<i32>(list, row + 2);
    list += <usize> (mask & 4);
    store<i32>(list, row + 3);
    list += <usize> ((mask & 8) >> 1);
  }
  return <i32> ((list - begin) >> 2);
}

export function listAll(list: usize, rows: i32): i32 {
  for (let i = 0; i < rows; i++) store<i32>(list + (<usize> i << 2), i);
  return rows;
}

/** Counts a component as 0 for all rows of a chunk. */
export function leaveOut(out: usize, rows: i32): void {
  const end = out + (<usize> rows << 3);
  for (; out < end; out += 16) v128.store(out, INFINITE);
}

/** A whitened length as a bound: a NaN becomes 0, which leaves nothing out. */
// @ts-ignore: decorator
@inline
export function boundOf(square: f64): f32 {
  return square > 0 ? <f32> min(LONGEST, sqrt(square)) : 0;
}

/** Remembers the component with the largest density for each row of a chunk, and its length. */
export function findBest(args: usize, first: i32, rows: i32, squares: usize): void {
  const constants = constantsAt(args);
  const k = componentCount(args);
  const half = f64x2.splat(0.5);
  let out = bestAt(args) + (<usize> first << 3);
  for (let row = 0; row < rows; row += 2, out += 16) {
    let largest = f64x2.splat(-Infinity);
    let best = i64x2.splat(0);
    let length = f64x2.splat(Infinity);
    let at = squares + (<usize> row << 3);
    for (let c = 0; c < k; c++, at += CHUNK_BYTES) {
      const square = v128.load(at);
      const constant = v128.load64_splat(constants + (<usize> c << 3));
      const density = f64x2.sub(constant, f64x2.mul(half, square));
      const better = f64x2.gt(density, largest);
      largest = v128.bitselect(density, largest, better);
      length = v128.bitselect(square, length, better);
      best = v128.bitselect(i64x2.splat(c), best, better);
    }
    store<i32>(out, <i32> i64x2.extract_lane(best, 0));
    store<f32>(out, <f32> sqrt(f64x2.extract_lane(length, 0)), 4);
    store<i32>(out, <i32> i64x2.extract_lane(best, 1), 8);
    store<f32>(out, <f32> sqrt(f64x2.extract_lane(length, 1)), 12);
  }
}
