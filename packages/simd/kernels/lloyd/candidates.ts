// @ts-nocheck AssemblyScript
// If there are many centroids, only one or two others can be nearest for most rows: only those are
// measured. Bounds of single centroids rule others out (Elkan 2003).
import { multiplySubtract } from "../shared/vector.ts";
import { scoreList, scoreOf } from "./few_scores.ts";
import * as f from "../generated/lloyd_structures.ts";
import { RADIUS, recordOf, REFERENCE, tailOf } from "./records.ts";
import { keepHamerlyBound, relabel } from "./labels.ts";
import { FAR, lower, minLane, nearest, upper } from "./scores.ts";

const TWO: f32 = 2;

/** Scores of the few candidate centroids of a row, width float32: scratch of a thread. */
export let candidateScores: usize = 0;
/** Indices of the candidates while they are gathered, int32. */
export let candidates: usize = 0;

/** Sets the scratch of this thread, 8 bytes per column. */
export function setCandidateScratch(scratch: usize): void {
  candidateScores = scratch;
  candidates = scratch + (<usize> f.width << 2);
}

/**
 * If only few centroids could be nearest (at most a quarter of them), measures those candidates. Returns
 * false, with nothing changed, if there are more.
 */
export function compareCandidates(partition: i32, i: i32, products: usize): bool {
  const columns = <usize> f.width << 2;
  const record = recordOf(i);
  const tail = tailOf(record);
  const radius = load<f32>(tail, RADIUS);
  const own = load<i32>(f.labels + (<usize> i << 2));
  const row = f.dense + <usize> i * (<usize> f.d << 2);
  const ownScore = scoreOf(row, own);
  const error = f.slope * radius + f.offset;
  const limit = f32x4.splat(ownScore + error + error);
  const kept = record + (<usize> f.sketchSize << 2);
  const residualDrifts = f.residualDrifts + <usize> load<i32>(tail, REFERENCE) * columns;
  const r = f32x4.splat(TWO * load<f32>(tail));
  const two = f32x4.splat(2);
  const far = f32x4.splat(FAR);
  let rest = far;
  const most = f.k >> 2;
  let count = 0;
  for (let c: usize = 0; c < columns; c += 16) {
    const product = f32x4.add(v128.load(products + c), v128.load(kept + c));
    const score = multiplySubtract(two, product, v128.load(f.bias + c));
    const low = multiplySubtract(r, v128.load(residualDrifts + c), score);
    const near = f32x4.le(low, limit);
    rest = f32x4.pmin(rest, v128.bitselect(far, low, near));
    let mask = i32x4.bitmask(near);
    // Scores go to the candidates' scratch row, so `products` can still be read if there are too
    // many candidates.
    v128.store(candidateScores + c, far);
    while (mask) {
      const j = <i32> (c >> 2) + ctz(mask);
      mask &= mask - 1;
      if (j === own) continue;
      if (count === most) return false;
      store<i32>(candidates + (<usize> count << 2), j);
      count++;
    }
  }
  if (count > 0) scoreList(row, candidates, count, candidateScores);
  store<f32>(candidateScores + (<usize> own << 2), ownScore);
  assignToCandidate(partition, i, own, minLane(rest) - error);
  return true;
}

/**
 * Assigns row i to the nearest of the candidates; `beyond` is a lower bound of the scores of all
 * others.
 */
export function assignToCandidate(partition: i32, i: i32, own: i32, beyond: f32): void {
  const tail = tailOf(recordOf(i));
  const radius = load<f32>(tail, RADIUS);
  const error = f.slope * radius + f.offset;
  const label = nearest(i, candidateScores, radius);
  keepHamerlyBound(i, label, upper, min(lower, beyond), tail);
  relabel(partition, i, own, label);
}
