// @ts-nocheck AssemblyScript
// Rows whose nearest centroid is known from before: one at least twice as far from that as the row is cannot be
// nearer. README.md has the bound.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { squaredDistance } from "./distances.ts";
import { squaredDistance32 } from "./vectors32.ts";

/** Largest number of centroids that are measured besides the guess: as many numbers of 16 bits as a word holds. */
const FEW: u64 = 4;
/** A factor beyond the rounding of a distance. */
const UP: f32 = 1.000001;
/** The distance between 1 and the next float32. */
const EPSILON: f32 = 1.1920929e-7;

/** Squared distance of the last row that a guess settled. */
let nearest: f64 = 0;

/** Measures half the distance of each pair of centroids, from below; one block. */
export function measureCentroids(thread: i32, args: usize): void {
  f.loadMeasureCentroids(args);
  if (nextBlock(thread) > 0) return;
  const bytes = <usize> f.d << 2;
  const rows = f.halves + (<usize> f.k * <usize> f.width << 2);
  for (let j = 0; j < f.k; j++) centreAt(j, rows + <usize> j * bytes);
  for (let j = 0; j < f.k; j++) measurePairs(j, rows, bytes);
  for (let j = 0; j < f.k; j++) store<f32>(f.gaps + (<usize> j << 2), leastHalf(j));
}

/** Returns half the distance of a centroid to the nearest other one. */
function leastHalf(j: i32): f32 {
  const own = f.halves + <usize> j * (<usize> f.width << 2);
  let least = f32x4.splat(Infinity);
  for (let c = 0; c < f.width; c += 4) least = f32x4.min(least, v128.load(own + (<usize> c << 2)));
  return min(
    min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
}

/** Writes a centroid minus the mean. */
function centreAt(j: i32, to: usize): void {
  const given = f.centroids + (<usize> j * <usize> f.d << 3);
  for (let p: usize = 0; p < <usize> f.d; p++) {
    const centred = (load<f64>(given + (p << 3)) - load<f64>(f.mean + (p << 3))) * f.scale;
    store<f32>(to + (p << 2), <f32> centred);
  }
}

/** Measures the pairs of a centroid and those before it. */
export function measurePairs(j: i32, rows: usize, bytes: usize): void {
  const stride = <usize> f.width << 2;
  const own = f.halves + <usize> j * stride;
  const row = rows + <usize> j * bytes;
  const share: f32 = 0.5 * (1 - EPSILON * (<f32> f.d + 16));
  let column = f.halves + (<usize> j << 2);
  for (let i: usize = 0; i < <usize> j; i++, column += stride) {
    const half = share * sqrt(squaredDistance32(row, rows + i * bytes, f.d)) - f.halvesError;
    store<f32>(own + (i << 2), half);
    store<f32>(column, half);
  }
  // What is no other centroid is out of reach.
  store<f32>(own + (<usize> j << 2), Infinity);
  for (let i = f.k; i < f.width; i++) store<f32>(own + (<usize> i << 2), Infinity);
}

/** Labels the rows in a list whose guess decides; leaves the others in it, and returns their number. */
export function settleByGuesses(
  list: usize,
  places: usize,
  count: i32,
  labels: usize,
  distances: usize,
): i32 {
  let left = 0;
  let guessed = 0;
  for (let q: usize = 0; q < <usize> count << 2; q += 4) {
    const i = load<i32>(list + q);
    const place = load<i32>(places + q);
    const guess = load<i32>(f.guesses + (<usize> i << 2));
    // Rows that another fit labels meanwhile have guesses among its own clusters.
    const isGuess = <u32> guess < <u32> f.k;
    if (isGuess) guessed++;
    const label = isGuess ? nearestByGuess(i, guess) : -1;
    if (label < 0) {
      store<i32>(list + (<usize> left << 2), i);
      store<i32>(places + (<usize> left << 2), place);
      left++;
    } else {
      store<i32>(labels + (<usize> place << 2), label);
      store<f64>(distances + (<usize> place << 3), nearest);
    }
  }
  atomic.add<i32>(f.guessTally, guessed);
  atomic.add<i32>(f.guessTally, count - left, 4);
  return left;
}

/** Finds the nearest centroid of row i among those that a guess does not rule out; -1 for many, or a tie. */
export function nearestByGuess(i: i32, guess: i32): i32 {
  nearest = squaredDistance(i, guess);
  const at = <usize> guess << 2;
  const reach = <f32> (sqrt(nearest) * f.scale) * UP + load<f32>(f.halfDrifts + at);
  // So is each of the others, then.
  if (load<f32>(f.gaps + at) - f.mostDrift > reach) return guess;
  const halves = f.halves + at * <usize> f.width;
  let candidates: u64 = 0;
  let count: u64 = 0;
  for (let c = 0; c < f.width; c += 4) {
    for (let near = nearOf(halves, c, reach); near !== 0; near &= near - 1) {
      if (count === FEW) return -1;
      candidates |= <u64> (c + ctz(near)) << (16 * count++);
    }
  }
  const tolerance = <f64> (f.d + 4) * 1e-15;
  let label = guess;
  for (; count > 0; count--, candidates >>= 16) {
    const j = <i32> (candidates & 0xffff);
    const distance = squaredDistance(i, j);
    if (abs(distance - nearest) <= tolerance * nearest) return -1;
    if (distance >= nearest) continue;
    nearest = distance;
    label = j;
  }
  return label;
}

/** Returns a bit for each of four centroids that may be nearer than the guess. */
// @ts-ignore: decorator
@inline
function nearOf(halves: usize, c: i32, reach: f32): i32 {
  const at = <usize> c << 2;
  const half = f32x4.sub(v128.load(halves + at), v128.load(f.halfDrifts + at));
  return 15 ^ i32x4.bitmask(f32x4.gt(half, f32x4.splat(reach)));
}

/** Keeps the labels of listed rows for the next time. */
export function keepGuesses(list: usize, count: i32, labels: usize): void {
  for (let q: usize = 0; q < <usize> count << 2; q += 4) {
    store<i32>(f.guesses + (<usize> load<i32>(list + q) << 2), load<i32>(labels + q));
  }
}
