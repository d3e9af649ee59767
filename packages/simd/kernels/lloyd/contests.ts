// @ts-nocheck AssemblyScript
// Where centroids are many, most rows have one or two rivals for their own: those alone are measured.
import { multiplySubtract } from "../shared/vector.ts";
import { first, other, scoreList, scoreOf, scorePair } from "./few_scores.ts";
import * as f from "./frame.ts";
import { keepLeeway, leewayOf, relabel } from "./labels.ts";
import { exactDistance } from "./rows.ts";
import { FAR, firstEqual, lead, lower, lowest, minLane, nearest, second, upper } from "./scores.ts";
import { touchData, touchSides } from "./touch.ts";

const TWO: f32 = 2;
/** Scores are below this. */
const FAR_OFF: f32 = 1e36;
/** Shrinks a sum rounded to float32. */
const DOWN: f32 = 0.999999;

/** Scores of the few centroids that a row is measured against: scratch of a thread. */
export let contenders: usize = 0;
/** Their indices, while they are gathered. */
export let gathered: usize = 0;

/** Takes 8 bytes of scratch a column. */
export function setContenders(scratch: usize): void {
  contenders = scratch;
  gathered = scratch + (<usize> f.width << 2);
}

/** The row has no rival known to be the only one. */
export function forgetRival(i: i32): void {
  store<f32>(f.sideOf(i), -FAR);
}

/**
 * Settles the listed rows that only one known rival can win; returns how many others are left in
 * the list.
 */
export function duels(partition: i32, list: usize, count: i32): i32 {
  touchData(list, count);
  touchSides(list, count);
  let left = list;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    const own = load<i32>(f.labels + (<usize> i << 2));
    const rest = load<f32>(f.sideOf(i));
    if (rest > load<f32>(f.travelled + (<usize> own << 2))) duel(partition, i, own, rest);
    else {
      store<i32>(left, i);
      left += 4;
    }
  }
  return <i32> (left - list) >> 2;
}

/** Row i stays with its own centroid or goes to its rival; `rest` is the leeway of all others. */
export function duel(partition: i32, i: i32, own: i32, rest: f32): void {
  const tail = f.sideOf(i);
  const rival = load<i32>(tail, f.RIVAL);
  const row = f.dense + <usize> i * (<usize> f.d << 2);
  const error = f.slope * load<f32>(tail, f.RADIUS) + f.offset;
  scorePair(row, own, rival);
  const ownScore = first;
  const rivalScore = other;
  const between = rivalScore - ownScore;
  let lost = between < 0;
  if (!(abs(between) > error + error)) lost = losesExactly(i, own, rival);
  if (!lost) {
    const leeway = leewayOf(own, ownScore + error, rivalScore - error, tail);
    store<f32>(f.leeway + (<usize> i << 2), min(leeway, rest));
    return;
  }
  // The rival is nearer, so all others are as far beyond it as they were beyond the former.
  const travelled = f.travelled;
  const left = rest - load<f32>(travelled + (<usize> own << 2));
  const after = load<f32>(travelled + (<usize> rival << 2)) + left * DOWN;
  const leeway = leewayOf(rival, rivalScore + error, ownScore - error, tail);
  store<f32>(f.leeway + (<usize> i << 2), min(leeway, after));
  store<i32>(tail, own, f.RIVAL);
  store<f32>(tail, after * DOWN);
  relabel(partition, i, own, rival);
}

/** Whether the rival is nearer in float64, or as near and of a lower index. */
function losesExactly(i: i32, own: i32, rival: i32): bool {
  const bytes = <usize> f.d << 3;
  const near = exactDistance(i, f.centroids + <usize> own * bytes);
  const far = exactDistance(i, f.centroids + <usize> rival * bytes);
  return far < near || (far === near && rival < own);
}

/** The lowest score of the contenders but two. */
function lowestBut(i: i32, j: i32): f32 {
  const a = i32x4.splat(i);
  const b = i32x4.splat(j);
  const far = f32x4.splat(FAR);
  let lane = i32x4(0, 1, 2, 3);
  let lowest = far;
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const out = v128.or(i32x4.eq(lane, a), i32x4.eq(lane, b));
    lowest = f32x4.pmin(lowest, v128.bitselect(far, v128.load(contenders + c), out));
    lane = i32x4.add(lane, i32x4.splat(4));
  }
  return minLane(lowest);
}

/**
 * Where centroids are many and few could be nearest, measures those alone: `products` become scores.
 * False, with nothing changed, if they are not few.
 */
export function contest(partition: i32, i: i32, products: usize): bool {
  const columns = <usize> f.width << 2;
  const record = f.recordOf(i);
  const tail = f.tailOf(record);
  const radius = load<f32>(tail, f.RADIUS);
  const own = load<i32>(f.labels + (<usize> i << 2));
  const row = f.dense + <usize> i * (<usize> f.d << 2);
  const ownScore = scoreOf(row, own);
  const error = f.slope * radius + f.offset;
  const limit = f32x4.splat(ownScore + error + error);
  const kept = record + (<usize> f.sketchSize << 2);
  const strays = f.strays + <usize> load<i32>(tail, f.REFERENCE) * columns;
  const r = f32x4.splat(TWO * load<f32>(tail));
  const two = f32x4.splat(2);
  const far = f32x4.splat(FAR);
  let rest = far;
  const most = f.k >> 2;
  let count = 0;
  for (let c: usize = 0; c < columns; c += 16) {
    const product = f32x4.add(v128.load(products + c), v128.load(kept + c));
    const score = multiplySubtract(two, product, v128.load(f.bias + c));
    const low = multiplySubtract(r, v128.load(strays + c), score);
    const near = f32x4.le(low, limit);
    rest = f32x4.pmin(rest, v128.bitselect(far, low, near));
    let mask = i32x4.bitmask(near);
    // Scores wait in the scratch row; a row that turns out not to be for this can be read again.
    v128.store(contenders + c, far);
    while (mask) {
      const j = <i32> (c >> 2) + ctz(mask);
      mask &= mask - 1;
      if (j === own) continue;
      if (count === most) return false;
      store<i32>(gathered + (<usize> count << 2), j);
      count++;
    }
  }
  if (count > 0) scoreList(row, gathered, count, contenders);
  store<f32>(contenders + (<usize> own << 2), ownScore);
  conclude(partition, i, own, minLane(rest) - error);
  return true;
}

/**
 * Row i goes to the nearest of the contenders; `beyond` is a lower bound of the scores of all others.
 */
export function conclude(partition: i32, i: i32, own: i32, beyond: f32): void {
  const tail = f.sideOf(i);
  const radius = load<f32>(tail, f.RADIUS);
  const error = f.slope * radius + f.offset;
  const label = nearest(i, contenders, radius);
  keepLeeway(i, label, upper, min(lower, beyond), tail);
  // Too close to tell which of them are beyond, or no other is near.
  if (label !== lead || second === lowest || !(second < FAR_OFF)) forgetRival(i);
  else {
    // Those measured, but for the nearest two, are beyond as well.
    const rival = label === own ? firstEqual(contenders, second) : own;
    const third = min(beyond, lowestBut(label, rival) - error);
    store<i32>(tail, rival, f.RIVAL);
    store<f32>(tail, leewayOf(label, upper, third, tail));
  }
  relabel(partition, i, own, label);
}
