// @ts-nocheck AssemblyScript
// The label of a row and Hamerly's bound (Hamerly 2010): the drift of centroids up to which the label
// is certain.
import * as f from "../generated/lloyd_structures.ts";
import { keepPeaks } from "./lost_digits.ts";
import { RADIUS, SQUARE } from "./records.ts";
import { moveRow } from "./row_sums.ts";

/** Factors that shrink or widen a float32 result beyond its rounding. */
const DOWN: f32 = 0.999999;
const UP: f32 = 1.000001;

/** Number of labels that changed in the current partition. */
export let changes: i32 = 0;

export function countChanges(): void {
  changes = 0;
}

/**
 * Returns Hamerly's bound: the total drift, counted from the start, of the own centroid plus the
 * fastest other one up to which the own one is certainly nearest. It follows from bounds of scores
 * (squared distance minus |x|²): `upper` of the own centroid, `lower` of all others.
 */
// @ts-ignore: decorator
@inline
function hamerlyBoundOf(label: i32, upper: f32, lower: f32, tail: usize): f32 {
  const square = load<f32>(tail, SQUARE);
  const radius = load<f32>(tail, RADIUS);
  const error = f.squareSlope * radius * radius;
  const near = sqrt(max(square + upper + error, 0)) * UP;
  const far = sqrt(max(square + lower - error, 0)) * DOWN;
  return hamerlyRoom(label, far - near);
}

/** Returns Hamerly's bound for a label that leads by a distance. */
// @ts-ignore: decorator
@inline
export function hamerlyRoom(label: i32, gap: f32): f32 {
  const room = load<f32>(f.totalDrift + (<usize> label << 2)) + gap;
  return room * (room > 0 ? DOWN : UP);
}

// @ts-ignore: decorator
@inline
export function keepHamerlyBound(i: i32, label: i32, upper: f32, lower: f32, tail: usize): void {
  store<f32>(f.hamerlyBound + (<usize> i << 2), hamerlyBoundOf(label, upper, lower, tail));
}

/** Returns the largest lane of each of four vectors. */
// @ts-ignore: decorator
@inline
export function largestOfRows(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.pmax(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.pmax(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  const even = v128.shuffle<f32>(ab, cd, 0, 2, 4, 6);
  return f32x4.pmax(even, v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/**
 * Stores Hamerly's bounds of four rows at once, from the largest product minus |c|²/2 of the other
 * centroids and that of the own one, bounds included, and the tails of their records. Returns a
 * mask of the rows whose label is undecided.
 */
export function hamerlyBounds(
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
  keepBound(load<i32>(list), l0, f32x4.extract_lane(room, 0));
  keepBound(load<i32>(list, 4), l1, f32x4.extract_lane(room, 1));
  keepBound(load<i32>(list, 8), l2, f32x4.extract_lane(room, 2));
  keepBound(load<i32>(list, 12), l3, f32x4.extract_lane(room, 3));
  return ~i32x4.bitmask(f32x4.gt(lower, upper)) & 15;
}

/**
 * Stores the bound of row i. If there is no gap, the label is undecided and the bound is stored
 * anew later.
 */
// @ts-ignore: decorator
@inline
function keepBound(i: i32, label: i32, room: f32): void {
  const totalDrift = load<f32>(f.totalDrift + (<usize> label << 2));
  store<f32>(f.hamerlyBound + (<usize> i << 2), (totalDrift + room) * DOWN);
}

/** Counts a row that had no label before. */
export function countRow(cluster: i32, weight: f64): void {
  changes++;
  count(cluster, 1, weight);
}

/** Assigns row i to a cluster and updates the sums of both clusters, if the label changes. */
export function relabel(partition: i32, i: i32, former: i32, label: i32): void {
  if (label === former) return;
  changes++;
  store<i32>(f.labels + (<usize> i << 2), label);
  move(partition, i, former, label);
}

function move(partition: i32, i: i32, from: i32, to: i32): void {
  const weight: f64 = f.weights ? load<f64>(f.weights + (<usize> i << 3)) : 1;
  const first = partition * f.places;
  moveRow(i, from, to, weight, f.partialSums + <usize> first * (<usize> f.d << 3));
  count(first + to, 1, weight);
  if (from < 0) return;
  count(first + from, -1, -weight);
  if (f.watch === 2) keepPeaks(i, from, weight);
}

export function count(cluster: i32, rows: i32, weight: f64): void {
  const at = <usize> cluster << 2;
  store<i32>(f.members + at, load<i32>(f.members + at) + rows);
  store<i32>(f.dirty + at, 1);
  const counter = f.partialCounts + (<usize> cluster << 3);
  store<f64>(counter, load<f64>(counter) + weight);
}
