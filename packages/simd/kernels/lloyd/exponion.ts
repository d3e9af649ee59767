// @ts-nocheck AssemblyScript
// A row can only go to centroids within twice its distance from its own centroid, which are the first
// of that centroid's neighbours (exponion: Newling & Fleuret 2016, "Fast k-means with accurate bounds").
import { assignToCandidate, candidateScores, candidates } from "./candidates.ts";
import { scoreList, scoreOf } from "./few_scores.ts";
import * as f from "../generated/lloyd_structures.ts";
import { RADIUS, recordOf, SQUARE, tailOf } from "./records.ts";
import { FAR } from "./scores.ts";
import { squaredDistance64 } from "./vectors64.ts";

/** Factors that shrink or widen a float32 result beyond its rounding. */
const DOWN: f32 = 0.999999;
const UP: f32 = 1.000001;

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
  let count = 0;
  for (; !(load<f32>(neighbor) > reach); neighbor += 8) {
    store<i32>(candidates + (<usize> count << 2), load<i32>(neighbor, 4));
    count++;
  }
  if (count > 0) scoreList(row, candidates, count, candidateScores);
  const gap = (load<f32>(neighbor) - near) * DOWN;
  assignToCandidate(partition, i, own, gap * gap * DOWN - square);
  return true;
}

// @ts-ignore: decorator
@inline
function neighborsOf(j: i32): usize {
  return f.neighbors + (<usize> (j * f.neighborCount) << 3);
}
