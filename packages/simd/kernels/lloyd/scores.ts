// @ts-nocheck AssemblyScript
// The nearest centroid of a row by float32 scores (|c|² − 2 x·c, centred), in float64 where rounding
// could decide.
import { multiplySubtract } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { errorUpTo } from "./errors.ts";
import { distanceToMean } from "./quantised.ts";
import { exactDistance, nearestOf } from "./rows.ts";

export const FAR: f32 = 3e38;
/** Error from which on scores may exceed those of centroids out of play, or float32. */
const LARGEST_ERROR: f32 = 1e30;
const TWO: f32 = 2;
/** The label of a row that quantised scores do not decide: more than a few centroids may be nearest. */
export const UNDECIDED: i32 = -1;
const FEW: i32 = 4;

/**
 * Bounds for the last row given to `nearestOfProducts`: of the score of its nearest centroid, and of the
 * scores of all others.
 */
export let upper: f32 = 0;
export let lower: f32 = 0;
/** Nearest centroid by float32 alone, its score, and the lowest score of the others. */
export let lead: i32 = 0;
export let lowest: f32 = 0;
export let second: f32 = 0;

/** Turns four products of a row into scores, and returns them. */
// @ts-ignore: decorator
@inline
function toScore(row: usize, c: usize): v128 {
  const score = scoreOf(v128.load(row + c), c);
  v128.store(row + c, score);
  return score;
}

/** Returns the scores of four products. */
// @ts-ignore: decorator
@inline
export function scoreOf(product: v128, c: usize): v128 {
  const centred = f32x4.sub(product, v128.load(f.shift + c));
  return multiplySubtract(f32x4.splat(2), centred, v128.load(f.bias + c));
}

/** Finds the nearest centroid of row i from its products, which become scores. */
export function nearestOfProducts(i: i32, row: usize, radius: f32): i32 {
  rankAll(row, true);
  return judge(i, row, radius);
}

/**
 * Finds the nearest centroid of row i from its quantised scores. Returns UNDECIDED if more than a few may
 * be nearest.
 */
export function nearestByScores(i: i32, row: usize, radius: f32): i32 {
  rankAll(row, false);
  const error = errorOf(i, radius) + f.quantisation * distanceToMean(i);
  const margin = TWO * error;
  if (!(second - lowest > margin) && countWithin(row, lowest + margin) > FEW) return UNDECIDED;
  return judgeWithin(i, row, error);
}

/** Ranks all scores of a row, which its products become first where they are given. */
// @ts-ignore: decorator
@inline
function rankAll(row: usize, products: bool): void {
  let best = f32x4.splat(FAR);
  let rest = best;
  let places = i32x4.splat(0);
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const score = products ? toScore(row, c) : v128.load(row + c);
    const nearer = f32x4.lt(score, best);
    rest = f32x4.pmin(rest, v128.bitselect(best, score, nearer));
    best = v128.bitselect(score, best, nearer);
    places = v128.bitselect(i32x4.splat(<i32> (c >> 2)), places, nearer);
  }
  rank(best, rest, places);
}

/** Returns how many scores of a row do not exceed a limit. */
function countWithin(row: usize, limit: f32): i32 {
  const most = f32x4.splat(limit);
  let count = f.width;
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    count -= popcnt(i32x4.bitmask(f32x4.gt(v128.load(row + c), most)));
  }
  return count;
}

/** Stores the residual products: those of a row minus those in the basis, `sketched`. */
export function keepResiduals(row: usize, sketched: usize, kept: usize): void {
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const product = f32x4.sub(v128.load(row + c), v128.load(f.shift + c));
    v128.store(kept + c, f32x4.sub(product, v128.load(sketched + c)));
  }
}

/** Combines the best of each lane: the lowest scores, and the first centroids that have them. */
// @ts-ignore: decorator
@inline
function rank(best: v128, rest: v128, places: v128): void {
  lowest = minLane(best);
  const lanes = i32x4.add(places, i32x4(0, 1, 2, 3));
  const one = f32x4.eq(best, f32x4.splat(lowest));
  const leads = i32x4.bitmask(one);
  if (leads & (leads - 1)) {
    // Equally near in several lanes: the first of them, and another one as near.
    const first = v128.bitselect(lanes, i32x4.splat(i32.MAX_VALUE), one);
    const pairs = i32x4.min_s(first, v128.shuffle<i32>(first, first, 2, 3, 0, 1));
    lead = min(i32x4.extract_lane(pairs, 0), i32x4.extract_lane(pairs, 1));
    second = lowest;
    return;
  }
  const only = v128.and(lanes, one);
  const pairs = v128.or(only, v128.shuffle<i32>(only, only, 2, 3, 0, 1));
  lead = i32x4.extract_lane(pairs, 0) | i32x4.extract_lane(pairs, 1);
  second = minLane(f32x4.pmin(rest, v128.bitselect(f32x4.splat(FAR), best, one)));
}

/** Forgets all scores. */
// @ts-ignore: decorator
@inline
export function startRanking(): void {
  lead = -1;
  lowest = FAR;
  second = FAR;
}

/** Ranks one more score: the leading centroid, its score, and the lowest of the others. */
// @ts-ignore: decorator
@inline
export function rankPair(j: i32, score: f32): void {
  if (score < lowest) {
    second = lowest;
    lowest = score;
    lead = j;
  } else if (score < second) second = score;
}

/** Returns the nearest by float32, or by float64 if rounding could decide. */
export function judge(i: i32, scores: usize, radius: f32): i32 {
  return judgeWithin(i, scores, errorUpTo(second, slopeOf(i), radius));
}

/** Returns a bound on the errors of the float32 scores of row i. */
// @ts-ignore: decorator
@inline
export function errorOf(i: i32, radius: f32): f32 {
  return slopeOf(i) * radius + f.offset;
}

/** Rounding errors grow with the number of terms in the longest sum of a product. */
// @ts-ignore: decorator
@inline
function slopeOf(i: i32): f32 {
  const terms = <f32> (f.dense ? f.d : load<i32>(f.rowLengths + (<usize> i << 2)) >> 1);
  return f.sharpness * (terms + 10);
}

/** Returns the nearest by scores that are wrong by an error at most, or by float64. */
function judgeWithin(i: i32, scores: usize, error: f32): i32 {
  // Of a row that far out, or of which the error is not a number, scores say nothing.
  if (!(error < LARGEST_ERROR)) {
    upper = FAR;
    lower = -FAR;
    return nearestOf(i);
  }
  upper = lowest + error;
  lower = second - error;
  const margin = TWO * error;
  if (second - lowest > margin) return lead;
  const label = decide(i, scores, lead, lowest + margin);
  if (label === lead) return label;
  upper = second + error;
  lower = lowest - error;
  return label;
}

/**
 * Returns the nearest centroid in float64 among those with the best score or a score up to `limit`,
 * the first in case of a tie.
 */
export function decide(i: i32, scores: usize, best: i32, limit: f32): i32 {
  const bytes = <usize> f.d << 3;
  let label = -1;
  let nearest: f64 = Infinity;
  for (let j = 0; j < f.k; j++) {
    if (j !== best && load<f32>(scores + (<usize> j << 2)) > limit) continue;
    const distance = exactDistance(i, f.centroids + <usize> j * bytes);
    if (label >= 0 && distance >= nearest) continue;
    nearest = distance;
    label = j;
  }
  return label;
}

// @ts-ignore: decorator
@inline
export function minLane(v: v128): f32 {
  const pairs = f32x4.pmin(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}
