// @ts-nocheck AssemblyScript
// If there are many centroids, a row can only go to those within twice its distance from its own one,
// which are the first of that centroid's neighbours (exponion: Newling & Fleuret 2016, "Fast k-means
// with accurate bounds").
import * as f from "../generated/lloyd_structures.ts";
import { keepHamerlyBound, relabel } from "./labels.ts";
import { RADIUS, recordOf, SQUARE, tailOf } from "./records.ts";
import { FAR, lower, nearest, upper } from "./scores.ts";
import { dot32 } from "./vectors32.ts";
import { squaredDistance64 } from "./vectors64.ts";

const TWO: f32 = 2;
/** Factors that shrink or widen a float32 result beyond its rounding. */
const DOWN: f32 = 0.999999;
const UP: f32 = 1.000001;

/** Scores of the centroids within reach of a row, and huge ones, width float32: scratch of a thread. */
let candidateScores: usize = 0;

/** Sets the scratch of this thread, 4 bytes per column. */
export function setCandidateScores(scratch: usize): void {
  candidateScores = scratch;
}

/**
 * Lists the nearest other centroids of centroid j in ascending order: distance (float32), index
 * (int32).
 */
export function listNeighbors(j: i32): void {
  const bytes = <usize> f.d << 3;
  const own = f.centroids + <usize> j * bytes;
  const list = neighborsOf(j);
  let count = 0;
  for (let i = 0; i < f.k; i++) {
    if (i === j) continue;
    const square = squaredDistance64(f.centroids + <usize> i * bytes, own, f.d);
    const distance = <f32> (sqrt(square) * f.scale) * DOWN;
    if (count < f.neighborCount) count++;
    else if (!(distance < load<f32>(list + (<usize> (count - 1) << 3)))) continue;
    let to = list + (<usize> (count - 1) << 3);
    for (; to > list && load<f32>(to - 8) > distance; to -= 8) {
      store<u64>(to, load<u64>(to - 8));
    }
    store<f32>(to, distance);
    store<i32>(to, i, 4);
  }
}

/**
 * Decides the listed rows that have few neighbours; returns the number of rows left in the list.
 */
export function filterByExponion(partition: i32, list: usize, count: i32): i32 {
  let left = list;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    if (searchExponion(partition, i)) continue;
    store<i32>(left, i);
    left += 4;
  }
  return <i32> (left - list) >> 2;
}

/**
 * Measures row i against the neighbours within reach. Returns false, with nothing changed, if there
 * are too many.
 */
export function searchExponion(partition: i32, i: i32): bool {
  const tail = tailOf(recordOf(i));
  const radius = load<f32>(tail, RADIUS);
  const square = load<f32>(tail, SQUARE);
  const own = load<i32>(f.labels + (<usize> i << 2));
  const row = f.dense + <usize> i * (<usize> f.d << 2);
  const ownScore = scoreOf(row, own);
  const error = f.slope * radius + f.offset + f.squareSlope * radius * radius;
  const near = sqrt(max(square + ownScore + error, 0)) * UP;
  const reach = near + near;
  let neighbor = neighborsOf(own);
  if (!(load<f32>(neighbor + (<usize> (f.neighborCount - 1) << 3)) > reach)) return false;
  const far = f32x4.splat(FAR);
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) v128.store(candidateScores + c, far);
  store<f32>(candidateScores + (<usize> own << 2), ownScore);
  for (; !(load<f32>(neighbor) > reach); neighbor += 8) {
    const j = load<i32>(neighbor, 4);
    store<f32>(candidateScores + (<usize> j << 2), scoreOf(row, j));
  }
  const gap = (load<f32>(neighbor) - near) * DOWN;
  const label = nearest(i, candidateScores, radius);
  keepHamerlyBound(i, label, upper, min(lower, gap * gap * DOWN - square), tail);
  relabel(partition, i, own, label);
  return true;
}

/** Returns the score of centroid j, straight from the data. */
export function scoreOf(row: usize, j: i32): f32 {
  const product = dot32(row, f.narrow + <usize> j * (<usize> f.d << 2), f.d);
  const at = <usize> j << 2;
  return load<f32>(f.bias + at) - TWO * (product - load<f32>(f.shift + at));
}

// @ts-ignore: decorator
@inline
function neighborsOf(j: i32): usize {
  return f.neighbors + (<usize> (j * f.neighborCount) << 3);
}
