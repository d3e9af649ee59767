// @ts-nocheck AssemblyScript
// Bounds of pairs of a row and a centroid (Elkan 2003). A record keeps, for each centroid, an upper bound
// of its product with the row, from which the way that the centroid has gone is yet to be counted: only
// centroids that may have come nearer than the own one are measured, one by one where they are few.
import * as f from "../generated/lloyd_structures.ts";
import { keepHamerlyBound, relabel } from "./labels.ts";
import { RADIUS, recordOf, SQUARE, tailOf } from "./records.ts";
import { FAR, judge, lower, minLane, rankPair, startRanking, upper } from "./scores.ts";
import { multiplyAdd, multiplySubtract } from "../shared/vector.ts";
import { touchData } from "./touch.ts";
import { fourProducts32, product32 } from "./vectors32.ts";

export const TWO: f32 = 2;
const HALF: f32 = 0.5;
/**
 * Offsets in the tail of a record of a lower bound of the product with the own centroid, and of the way of
 * that until then.
 */
export const OWN_PRODUCT: usize = 0;
export const OWN_PATH: usize = 12;
const UP: f32 = 1.000001;
/** One in this many centroids may be measured by itself: beyond, products of all take less time. */
const FEW: i32 = 6;
/** The same of moves, whose products keep bounds near for later steps. */
const FEW_MOVED: i32 = 16;
/** Numbers of other centroids that bounds leave. */
const FEW_NEAR: i32 = 1;
const MANY_NEAR: i32 = 2;
/** Number of rows of a chunk after which, if bounds have settled none, moves are added to those of the others at once. */
const PROBES: i32 = 8;
export const HUGE: f32 = 1e30;

/** Keeps the products of row i with all centroids. */
export function keepProducts(i: i32, products: usize): void {
  const record = recordOf(i);
  const reach = f32x4.splat(reachOf(tailOf(record)));
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const product = f32x4.sub(v128.load(products + c), v128.load(f.shift + c));
    v128.store(record + c, multiplySubtract(reach, v128.load(f.paths + c), product));
  }
}

/** Keeps the label of row i, whose products are kept. */
export function keepNearest(i: i32, label: i32, scores: usize): void {
  keepOwn(recordOf(i), tailOf(recordOf(i)), label, scores);
}

/** An upper bound of the distance of a row to the mean. */
// @ts-ignore: decorator
@inline
export function reachOf(tail: usize): f32 {
  const radius = load<f32>(tail, RADIUS);
  return sqrt(load<f32>(tail, SQUARE) + f.squareSlope * radius * radius) * UP;
}

/**
 * Labels the rows in a list that few centroids may be nearest to; lists the others, and returns their
 * number. The list is used up.
 *
 * @param scratch Two numbers per centroid.
 */
export function settleByPairs(
  partition: i32,
  list: usize,
  count: i32,
  undecided: usize,
  scratch: usize,
): i32 {
  const first = undecided;
  const scores = scratch + (<usize> f.width << 2);
  const far = f32x4.splat(FAR);
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) v128.store(scores + c, far);
  // Rows to be measured are listed first, so that they arrive from memory together.
  let near = list;
  let settled = 0;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    const left = f.moves >= 0 && q >= PROBES && settled === 0 ? MANY_NEAR : boundPairs(i);
    settled += <i32> (left !== MANY_NEAR);
    store<i32>(near, i);
    near += <usize> (left === FEW_NEAR) << 2;
    store<i32>(undecided, i);
    undecided += <usize> (left === MANY_NEAR) << 2;
  }
  touchData(list, <i32> (near - list) >> 2);
  for (; list < near; list += 4) {
    const i = load<i32>(list);
    const error = f.slope * load<f32>(tailOf(recordOf(i)), RADIUS) + f.offset;
    const label = load<i32>(f.labels + (<usize> i << 2));
    store<i32>(undecided, i);
    undecided += <usize> !settleNear(partition, i, label, error, scratch, scores) << 2;
  }
  return <i32> (undecided - first) >> 2;
}

/** Confirms the label of row i if bounds rule out all other centroids, and returns 0; else FEW_NEAR or MANY_NEAR. */
export function boundPairs(i: i32): i32 {
  const record = recordOf(i);
  const tail = tailOf(record);
  const label = load<i32>(f.labels + (<usize> i << 2));
  const own = <usize> label << 2;
  const radius = load<f32>(tail, RADIUS);
  const error = f.slope * radius + f.offset;
  // Products may exceed float32.
  if (!(error < HUGE)) return MANY_NEAR;
  const reach = reachOf(tail);
  const way = load<f32>(f.paths + own) - load<f32>(tail, OWN_PATH);
  const product = load<f32>(tail, OWN_PRODUCT) - reach * way;
  const near = load<f32>(f.bias + own) - TWO * product + error;
  const others = lowestOfOthers(record, reach, near + error) - error;
  if (others > near) {
    keepHamerlyBound(i, label, near, others, tail);
    return 0;
  }
  if (!f.screens) return FEW_NEAR;
  const many = f.moves < 0 ? notFarther * FEW > f.k : (notFarther + 1) * FEW_MOVED > f.moves;
  return many ? MANY_NEAR : FEW_NEAR;
}

/**
 * Labels row i, of whose products all but that with a near centroid are bounded, if few centroids may be nearest;
 * returns false if many may.
 */
export function settleNear(
  partition: i32,
  i: i32,
  label: i32,
  error: f32,
  nearby: usize,
  scores: usize,
): bool {
  const record = recordOf(i);
  const tail = tailOf(record);
  const radius = load<f32>(tail, RADIUS);
  const reach = reachOf(tail);
  const product = productOf(i, label);
  const score = load<f32>(f.bias + (<usize> label << 2)) - TWO * product;
  const count = listNearby(record, reach, score + error + error, nearby);
  if (count * FEW > f.k) return false;
  const rest = apart - error;
  keepPair(label, product, reach, record, scores);
  if (count > 0) measurePairs(i, nearby, count, reach, record, scores);
  store<i32>(nearby + (<usize> count << 2), label);
  startRanking();
  for (let at = nearby; at <= nearby + (<usize> count << 2); at += 4) {
    const j = load<i32>(at);
    rankPair(j, load<f32>(scores + (<usize> j << 2)));
  }
  const now = judge(i, scores, radius);
  keepHamerlyBound(i, now, upper, min(lower, rest), tail);
  keepOwn(record, tail, now, scores);
  for (let at = nearby; at <= nearby + (<usize> count << 2); at += 4) {
    store<f32>(scores + (<usize> load<i32>(at) << 2), FAR);
  }
  relabel(partition, i, formerOf(i), now);
  return true;
}

// @ts-ignore: decorator
@inline
export function formerOf(i: i32): i32 {
  return f.fresh ? -1 : load<i32>(f.labels + (<usize> i << 2));
}

/**
 * Moves the product of a row with its own centroid to the tail of its record, with the way that the
 * centroid has gone so far: a bound of the others shall not count it.
 */
// @ts-ignore: decorator
@inline
function keepOwn(record: usize, tail: usize, label: i32, scores: usize): void {
  const own = <usize> label << 2;
  store<f32>(tail, (load<f32>(f.bias + own) - load<f32>(scores + own)) * HALF, OWN_PRODUCT);
  store<f32>(tail, load<f32>(f.paths + own), OWN_PATH);
  store<f32>(record + own, -FAR);
}

/** Number of centroids whose bound `lowestOfOthers` has found to be at most a limit. */
let notFarther: i32 = 0;

/** Returns the lowest bound of the scores of all centroids but the own one. */
// @ts-ignore: decorator
@inline
export function lowestOfOthers(record: usize, reach: f32, limit: f32): f32 {
  const r = f32x4.splat(reach);
  const most = f32x4.splat(limit);
  let count = i32x4.splat(0);
  const two = f32x4.splat(2);
  let lowest = f32x4.splat(FAR);
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const product = multiplyAdd(r, v128.load(f.paths + c), v128.load(record + c));
    const score = multiplySubtract(two, product, v128.load(f.bias + c));
    lowest = f32x4.pmin(lowest, score);
    count = i32x4.sub(count, f32x4.le(score, most));
  }
  notFarther = i32x4.extract_lane(count, 0) + i32x4.extract_lane(count, 1) +
    i32x4.extract_lane(count, 2) + i32x4.extract_lane(count, 3);
  return minLane(lowest);
}

/** Lowest bound of the scores of the centroids that `listNearby` has left out. */
let apart: f32 = 0;

/** Lists the other centroids whose score may be at most `limit`; returns how many there are. */
function listNearby(record: usize, reach: f32, limit: f32, nearby: usize): i32 {
  const first = nearby;
  const r = f32x4.splat(reach);
  const two = f32x4.splat(2);
  const most = f32x4.splat(limit);
  const out = f32x4.splat(FAR);
  let lowest = out;
  for (let j = 0; j < f.width; j += 4) {
    const c = <usize> j << 2;
    const product = multiplyAdd(r, v128.load(f.paths + c), v128.load(record + c));
    const score = multiplySubtract(two, product, v128.load(f.bias + c));
    const ruledOut = f32x4.gt(score, most);
    lowest = f32x4.pmin(lowest, v128.bitselect(score, out, ruledOut));
    let mask = i32x4.bitmask(ruledOut) ^ 15;
    while (mask) {
      store<i32>(nearby, j + ctz(mask));
      nearby += 4;
      mask &= mask - 1;
    }
  }
  apart = minLane(lowest);
  return <i32> (nearby - first) >> 2;
}

/** Computes the scores of listed centroids, and keeps their products. */
function measurePairs(
  i: i32,
  list: usize,
  count: i32,
  reach: f32,
  record: usize,
  scores: usize,
): void {
  const x = rowOf(i);
  const last = list + (<usize> (count - 1) << 2);
  let at = list;
  for (; at + 8 <= last; at += 16) {
    const a = load<i32>(at);
    const b = load<i32>(min(at + 4, last));
    const c = load<i32>(min(at + 8, last));
    const d = load<i32>(min(at + 12, last));
    const products = fourProducts32(
      x, centroidOf(a), centroidOf(b), centroidOf(c), centroidOf(d), f.d,
    );
    measurePair(a, f32x4.extract_lane(products, 0), reach, record, scores);
    measurePair(b, f32x4.extract_lane(products, 1), reach, record, scores);
    measurePair(c, f32x4.extract_lane(products, 2), reach, record, scores);
    measurePair(d, f32x4.extract_lane(products, 3), reach, record, scores);
  }
  for (; at <= last; at += 4) {
    const j = load<i32>(at);
    measurePair(j, product32(x, centroidOf(j), f.d), reach, record, scores);
  }
}

/** Returns the product of row i and a centroid, centred. */
// @ts-ignore: decorator
@inline
function productOf(i: i32, j: i32): f32 {
  return product32(rowOf(i), centroidOf(j), f.d) - load<f32>(f.shift + (<usize> j << 2));
}

// @ts-ignore: decorator
@inline
function rowOf(i: i32): usize {
  return f.dense + <usize> i * (<usize> f.d << 2);
}

// @ts-ignore: decorator
@inline
function centroidOf(j: i32): usize {
  return f.narrow + <usize> j * (<usize> f.d << 2);
}

// @ts-ignore: decorator
@inline
function measurePair(j: i32, dot: f32, reach: f32, record: usize, scores: usize): void {
  keepPair(j, dot - load<f32>(f.shift + (<usize> j << 2)), reach, record, scores);
}

// @ts-ignore: decorator
@inline
function keepPair(j: i32, product: f32, reach: f32, record: usize, scores: usize): void {
  const at = <usize> j << 2;
  store<f32>(record + at, product - reach * load<f32>(f.paths + at));
  store<f32>(scores + at, load<f32>(f.bias + at) - TWO * product);
}
