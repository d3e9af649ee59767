// @ts-nocheck AssemblyScript
// The nearest centroid of a row by float32 scores (|c|² − 2 x·c, centred), in float64 where rounding
// could decide.
import { multiplySubtract } from "../shared/vector.ts";
import * as f from "./frame.ts";
import { exactDistance } from "./rows.ts";

export const FAR: f32 = 3e38;
const TWO: f32 = 2;

/** Of the last row given to `nearest`: bounds of its score there, and of that of any other. */
export let upper: f32 = 0;
export let lower: f32 = 0;
/** The nearest by float32 alone. */
export let lead: i32 = 0;

/** Turns the products of a row into scores. */
export function toScores(row: usize): void {
  const columns = <usize> f.width << 2;
  const two = f32x4.splat(2);
  for (let c: usize = 0; c < columns; c += 16) {
    const product = f32x4.sub(v128.load(row + c), v128.load(f.shift + c));
    v128.store(row + c, multiplySubtract(two, product, v128.load(f.bias + c)));
  }
}

/** The nearest centroid of row i by its scores, which are spoilt. */
export function nearest(i: i32, scores: usize, radius: f32): i32 {
  const columns = <usize> f.width << 2;
  let best = f32x4.splat(FAR);
  for (let c: usize = 0; c < columns; c += 16) best = f32x4.pmin(best, v128.load(scores + c));
  const lowest = minLane(best);
  const at = firstEqual(scores, lowest);
  lead = at;
  store<f32>(scores + (<usize> at << 2), FAR);
  let rest = f32x4.splat(FAR);
  for (let c: usize = 0; c < columns; c += 16) rest = f32x4.pmin(rest, v128.load(scores + c));
  const second = minLane(rest);
  // Rounding errors grow with the number of terms of the longest sum a product is made of.
  const terms = <f32> (f.dense ? f.d : load<i32>(f.rowLengths + (<usize> i << 2)) >> 1);
  const error = f.sharpness * (terms + 10) * radius + f.offset;
  upper = lowest + error;
  lower = second - error;
  const margin = TWO * error;
  if (second - lowest > margin) return at;
  const label = decide(i, scores, at, lowest + margin);
  if (label === at) return at;
  upper = second + error;
  lower = lowest - error;
  return label;
}

export function firstEqual(scores: usize, value: f32): i32 {
  const wanted = f32x4.splat(value);
  let c = 0;
  let mask = 0;
  while (!mask && c < f.width) {
    mask = i32x4.bitmask(f32x4.eq(v128.load(scores + (<usize> c << 2)), wanted));
    c += 4;
  }
  return mask ? c - 4 + ctz(mask) : 0;
}

/** Among the best by score and those up to `limit`: the nearest in float64, the first among equals. */
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
