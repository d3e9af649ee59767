// @ts-nocheck AssemblyScript
// If there are many centroids, only one or two others can be nearest for most rows: only those are
// measured. A row keeps its second-nearest centroid with a bound for all others (Drake & Hamerly 2012),
// and bounds of single centroids rule others out (Elkan 2003).
import { multiplySubtract } from "../shared/vector.ts";
import { first, other, scoreList, scoreOf, scorePair } from "./few_scores.ts";
import * as f from "../generated/lloyd_structures.ts";
import { drakeBoundsOf, RADIUS, recordOf, REFERENCE, SECOND_NEAREST, tailOf } from "./records.ts";
import { keepHamerlyBound, hamerlyBoundOf, relabel } from "./labels.ts";
import { exactDistance } from "./rows.ts";
import { FAR, firstEqual, lead, lower, lowest, minLane, nearest, second, upper } from "./scores.ts";
import { touchData, touchDrakeBounds } from "./touch.ts";

const TWO: f32 = 2;
/** All scores are below this. */
const FAR_OFF: f32 = 1e36;
/** Factor that shrinks a sum below its value before rounding to float32. */
const DOWN: f32 = 0.999999;

/** Scores of the few candidate centroids of a row, width float32: scratch of a thread. */
export let candidateScores: usize = 0;
/** Indices of the candidates while they are gathered, int32. */
export let candidates: usize = 0;

/** Sets the scratch of this thread, 8 bytes per column. */
export function setCandidateScratch(scratch: usize): void {
  candidateScores = scratch;
  candidates = scratch + (<usize> f.width << 2);
}

/** Records that no second-nearest centroid of row i is known. */
export function forgetSecondNearest(i: i32): void {
  store<f32>(drakeBoundsOf(i), -FAR);
}

/**
 * Decides the listed rows that only their second-nearest centroid could win, by comparing the two;
 * returns the number of rows left in the list.
 */
export function filterBySecondNearest(partition: i32, list: usize, count: i32): i32 {
  touchData(list, count);
  touchDrakeBounds(list, count);
  let left = list;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    const own = load<i32>(f.labels + (<usize> i << 2));
    const rest = load<f32>(drakeBoundsOf(i));
    if (rest > load<f32>(f.totalDrift + (<usize> own << 2))) compareWithSecondNearest(partition, i, own, rest);
    else {
      store<i32>(left, i);
      left += 4;
    }
  }
  return <i32> (left - list) >> 2;
}

/**
 * Compares the own centroid of row i with its second-nearest, and assigns the row to the nearer
 * one; `rest` is the bound for all other centroids.
 */
export function compareWithSecondNearest(partition: i32, i: i32, own: i32, rest: f32): void {
  const tail = drakeBoundsOf(i);
  const secondNearest = load<i32>(tail, SECOND_NEAREST);
  const row = f.dense + <usize> i * (<usize> f.d << 2);
  const error = f.slope * load<f32>(tail, RADIUS) + f.offset;
  scorePair(row, own, secondNearest);
  const ownScore = first;
  const secondScore = other;
  const between = secondScore - ownScore;
  let moves = between < 0;
  if (!(abs(between) > error + error)) moves = isFartherExactly(i, own, secondNearest);
  if (!moves) {
    const hamerlyBound = hamerlyBoundOf(own, ownScore + error, secondScore - error, tail);
    store<f32>(f.hamerlyBound + (<usize> i << 2), min(hamerlyBound, rest));
    return;
  }
  // The second-nearest is nearer, so all others are as far beyond it as they were beyond the former
  // one.
  const totalDrift = f.totalDrift;
  const left = rest - load<f32>(totalDrift + (<usize> own << 2));
  const after = load<f32>(totalDrift + (<usize> secondNearest << 2)) + left * DOWN;
  const hamerlyBound = hamerlyBoundOf(secondNearest, secondScore + error, ownScore - error, tail);
  store<f32>(f.hamerlyBound + (<usize> i << 2), min(hamerlyBound, after));
  store<i32>(tail, own, SECOND_NEAREST);
  store<f32>(tail, after * DOWN);
  relabel(partition, i, own, secondNearest);
}

/**
 * Returns true if the own centroid is farther than the second-nearest in float64, or as far and of
 * a higher index.
 */
function isFartherExactly(i: i32, own: i32, secondNearest: i32): bool {
  const bytes = <usize> f.d << 3;
  const near = exactDistance(i, f.centroids + <usize> own * bytes);
  const far = exactDistance(i, f.centroids + <usize> secondNearest * bytes);
  return far < near || (far === near && secondNearest < own);
}

/** Returns the lowest score of the candidates except i and j. */
function lowestExcept(i: i32, j: i32): f32 {
  const a = i32x4.splat(i);
  const b = i32x4.splat(j);
  const far = f32x4.splat(FAR);
  let lane = i32x4(0, 1, 2, 3);
  let lowest = far;
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const out = v128.or(i32x4.eq(lane, a), i32x4.eq(lane, b));
    lowest = f32x4.pmin(lowest, v128.bitselect(far, v128.load(candidateScores + c), out));
    lane = i32x4.add(lane, i32x4.splat(4));
  }
  return minLane(lowest);
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
  const tail = drakeBoundsOf(i);
  const radius = load<f32>(tail, RADIUS);
  const error = f.slope * radius + f.offset;
  const label = nearest(i, candidateScores, radius);
  keepHamerlyBound(i, label, upper, min(lower, beyond), tail);
  // Too close to tell which centroids are beyond, or no other one is near.
  if (label !== lead || second === lowest || !(second < FAR_OFF)) forgetSecondNearest(i);
  else {
    // Measured centroids except the nearest two are beyond as well.
    const secondNearest = label === own ? firstEqual(candidateScores, second) : own;
    const third = min(beyond, lowestExcept(label, secondNearest) - error);
    store<i32>(tail, secondNearest, SECOND_NEAREST);
    store<f32>(tail, hamerlyBoundOf(label, upper, third, tail));
  }
  relabel(partition, i, own, label);
}
