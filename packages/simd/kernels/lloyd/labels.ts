// @ts-nocheck AssemblyScript
// The label of a row, and how far centroids may travel before it is in doubt.
import * as f from "./frame.ts";
import { moveRow } from "./row_sums.ts";

/** Shrinks or widens what was computed in float32 past what is true. */
const DOWN: f32 = 0.999999;
const UP: f32 = 1.000001;

/** Labels that changed in the partition at hand. */
export let changes: i32 = 0;

export function countChanges(): void {
  changes = 0;
}

/**
 * How far the own centroid and the swiftest other may travel together, counted from the start,
 * before the distance to the first may exceed that to those beyond: from bounds of their scores
 * (squared distance less |x|²).
 */
// @ts-ignore: decorator
@inline
export function leewayOf(label: i32, upper: f32, lower: f32, tail: usize): f32 {
  const square = load<f32>(tail, f.SQUARE);
  const radius = load<f32>(tail, f.RADIUS);
  const error = f.squareSlope * radius * radius;
  const near = sqrt(max(square + upper + error, 0)) * UP;
  const far = sqrt(max(square + lower - error, 0)) * DOWN;
  const room = load<f32>(f.travelled + (<usize> label << 2)) + (far - near);
  return room * (room > 0 ? DOWN : UP);
}

// @ts-ignore: decorator
@inline
export function keepLeeway(i: i32, label: i32, upper: f32, lower: f32, tail: usize): void {
  store<f32>(f.leeway + (<usize> i << 2), leewayOf(label, upper, lower, tail));
}

/**
 * Leeways of four rows at once, from their largest other and own products less |c|²/2, bounds
 * included, and the tails of their records. Returns a mask of the rows whose label is in doubt.
 */
export function leeways(
  list: usize,
  others: v128,
  own: v128,
  t0: v128,
  t1: v128,
  t2: v128,
  t3: v128,
  l0: i32,
  l1: i32,
  l2: i32,
  l3: i32,
): i32 {
  const t01 = v128.shuffle<f32>(t0, t1, 1, 2, 5, 6);
  const t23 = v128.shuffle<f32>(t2, t3, 1, 2, 5, 6);
  const radius = v128.shuffle<f32>(t01, t23, 0, 2, 4, 6);
  const square = v128.shuffle<f32>(t01, t23, 1, 3, 5, 7);
  const two = f32x4.splat(2);
  const zero = f32x4.splat(0);
  const down = f32x4.splat(DOWN);
  const error = f32x4.add(f32x4.mul(f32x4.splat(f.slope), radius), f32x4.splat(f.offset));
  const upper = f32x4.sub(error, f32x4.mul(two, own));
  const lower = f32x4.sub(f32x4.neg(error), f32x4.mul(two, others));
  const rounded = f32x4.mul(f32x4.mul(f32x4.splat(f.squareSlope), radius), radius);
  const nearest = f32x4.max(f32x4.add(f32x4.add(square, upper), rounded), zero);
  const farthest = f32x4.max(f32x4.sub(f32x4.add(square, lower), rounded), zero);
  const near = f32x4.mul(f32x4.sqrt(nearest), f32x4.splat(UP));
  const far = f32x4.mul(f32x4.sqrt(farthest), down);
  const room = f32x4.mul(f32x4.sub(far, near), down);
  keepRoom(load<i32>(list), l0, f32x4.extract_lane(room, 0));
  keepRoom(load<i32>(list, 4), l1, f32x4.extract_lane(room, 1));
  keepRoom(load<i32>(list, 8), l2, f32x4.extract_lane(room, 2));
  keepRoom(load<i32>(list, 12), l3, f32x4.extract_lane(room, 3));
  return ~i32x4.bitmask(f32x4.gt(lower, upper)) & 15;
}

/** Where there is no room, the label is in doubt and its leeway measured otherwise. */
// @ts-ignore: decorator
@inline
function keepRoom(i: i32, label: i32, room: f32): void {
  const travelled = load<f32>(f.travelled + (<usize> label << 2));
  store<f32>(f.leeway + (<usize> i << 2), (travelled + room) * DOWN);
}

/** Gives row i its label, and its cluster its sums, if that is not what it was. */
export function relabel(partition: i32, i: i32, former: i32, label: i32): void {
  if (label === former) return;
  changes++;
  store<i32>(f.labels + (<usize> i << 2), label);
  move(partition, i, former, label);
}

function move(partition: i32, i: i32, from: i32, to: i32): void {
  const weight: f64 = f.weights ? load<f64>(f.weights + (<usize> i << 3)) : 1;
  const first = partition * f.k;
  moveRow(i, from, to, weight, f.partialSums + <usize> first * (<usize> f.d << 3));
  count(first + to, 1, weight);
  if (from >= 0) count(first + from, -1, -weight);
}

function count(cluster: i32, rows: i32, weight: f64): void {
  const at = <usize> cluster << 2;
  store<i32>(f.members + at, load<i32>(f.members + at) + rows);
  store<i32>(f.dirty + at, 1);
  const counter = f.partialCounts + (<usize> cluster << 3);
  store<f64>(counter, load<f64>(counter) + weight);
}
