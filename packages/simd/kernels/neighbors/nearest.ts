// @ts-nocheck AssemblyScript
// The k nearest points of a query: those whose scores may be among the best are listed, and measured once
// the list is full or all points were seen. By then, most are known to be farther than k others.
//
// Of a query there are, from its address on, its limit and margin in float64, the length of its list, the address
// of its factor, the k smallest distances, the k best scores (negative), both max-heaps, and the list: scores and points.
import { argument } from "../shared/job.ts";
import { multiplyAdd, promoteHigh, promoteLow, sumLanes, sumLanes64 } from "../shared/vector.ts";

/** Bytes before the heaps. */
const HEAD: usize = 24;
/** Bounds of a rounding of float32 per step of a sum, and of the rounding of a query to its factor. */
const STEP: f64 = 1.0 / 8388608;
const FACTOR: f64 = 1.0 / 8388608;

/**
 * Begins the search for the k nearest.
 *
 * @param factor The query in float32, those of its coordinates that points are scored by.
 * @param limit A point whose squared distance is b has a score of at least this minus b / 2.
 * @param margin The k nearest have scores that are lower than the k-th best by this at most.
 */
export function begin(search: usize, factor: usize, k: i32, limit: f64, margin: f64): void {
  store<f64>(search, limit);
  store<f64>(search, margin, 8);
  store<i32>(search, 0, 16);
  store<usize>(search, factor, 20);
  const heaps = search + HEAD;
  for (let i = 0; i < 2 * k; i++) store<f64>(heaps + (<usize> i << 3), f64.POSITIVE_INFINITY);
}

/** Returns the squared distance of the k-th nearest of the points that were measured. */
export function kthDistance(search: usize): f64 {
  return load<f64>(search + HEAD);
}

/** Returns the score below which no point is among the k nearest. */
export function leastScore(search: usize, k: i32): f32 {
  const byScores = -load<f64>(search + HEAD + (<usize> k << 3)) - load<f64>(search, 8);
  return <f32> max(byScores, load<f64>(search) - kthDistance(search) / 2);
}

/** Lists those of `count` points from `first` on (a multiple of 16) whose scores do not rule them out. */
export function listPoints(args: usize, search: usize, query: usize, scores: usize, first: i32, count: i32): void {
  const k = argument<i32>(args, 8);
  let least = leastScore(search, k);
  for (let end = first + count; first < end; first += 16, scores += 64) {
    const most = f32x4.splat(least);
    const a = f32x4.ge(v128.load(scores), most);
    const b = f32x4.ge(v128.load(scores, 16), most);
    const c = f32x4.ge(v128.load(scores, 32), most);
    const d = f32x4.ge(v128.load(scores, 48), most);
    const near = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
    if (!v128.any_true(near)) continue;
    for (let left = i8x16.bitmask(near); left !== 0; left &= left - 1) {
      const i = ctz(left);
      const score = load<f32>(scores + (<usize> i << 2));
      if (score >= least) listPoint(args, search, query, score, first + i);
      least = leastScore(search, k);
    }
  }
}

export function listPoint(args: usize, search: usize, query: usize, score: f32, point: i32): void {
  const k = argument<i32>(args, 8);
  const best = search + HEAD + (<usize> k << 3);
  if (-<f64> score < load<f64>(best)) replaceLargest(best, k, -<f64> score);
  const count = load<i32>(search, 16);
  const at = best + (<usize> k << 3) + (<usize> count << 3);
  store<f32>(at, score);
  store<i32>(at, point, 4);
  store<i32>(search, count + 1, 16);
  if (count + 1 === argument<i32>(args, 9)) measureListed(args, search, query);
}

/** Measures the listed points that may be among the k nearest, those of the best scores before others. */
export function measureListed(args: usize, search: usize, query: usize): void {
  const k = argument<i32>(args, 8);
  const best = search + HEAD + (<usize> k << 3);
  const good = <f32> -load<f64>(best);
  const list = best + (<usize> k << 3);
  const end = list + (<usize> load<i32>(search, 16) << 3);
  for (let at = list; at < end; at += 8) {
    if (load<f32>(at) >= good) measure(args, search, query, load<i32>(at, 4));
  }
  for (let at = list; at < end; at += 8) {
    const score = load<f32>(at);
    if (score < good && score >= leastScore(search, k)) measure(args, search, query, load<i32>(at, 4));
  }
  store<i32>(search, 0, 16);
}

/** Measures a point, and keeps its distance if it is among the k smallest so far. */
export function measure(args: usize, search: usize, query: usize, point: i32): void {
  if (point >= argument<i32>(args, 7)) return;
  const d = argument<i32>(args, 6);
  const farthest = kthDistance(search);
  const at = argument<usize>(args, 3) + (<usize> point * d << 2);
  if (isFarther(at, load<usize>(search, 20), argument<i32>(args, 13) - 2, farthest)) return;
  const distance = squaredDistance(at, query, d, farthest);
  if (distance < farthest) replaceLargest(search + HEAD, argument<i32>(args, 8), distance);
}

/**
 * Returns true if a point is farther than `farthest`, a squared distance, by sums of float32, which take a third of
 * the time of others. Where q is a query no longer than 1 and q̂ its factor, |p − q̂| ≤ |p − q| + |q − q̂|.
 */
export function isFarther(point: usize, factor: usize, columns: i32, farthest: f64): bool {
  if (farthest === f64.POSITIVE_INFINITY) return false;
  const length = sqrt(farthest) + FACTOR;
  const most = <f32> (length * length * (1 + <f64> (columns + 16) * STEP));
  let even = f32x4.splat(0), odd = even;
  for (; columns >= 16; columns -= 16, point += 64, factor += 64) {
    const a = f32x4.sub(v128.load(point), v128.load(factor));
    const b = f32x4.sub(v128.load(point, 16), v128.load(factor, 16));
    const c = f32x4.sub(v128.load(point, 32), v128.load(factor, 32));
    const d = f32x4.sub(v128.load(point, 48), v128.load(factor, 48));
    even = multiplyAdd(c, c, multiplyAdd(a, a, even));
    odd = multiplyAdd(d, d, multiplyAdd(b, b, odd));
    if (sumLanes(f32x4.add(even, odd)) > most) return true;
  }
  return false;
}

/**
 * Returns the squared distance of a point, or the partial sum once that is no less than `farthest`.
 */
export function squaredDistance(point: usize, query: usize, d: i32, farthest: f64): f64 {
  let sum: f64 = 0;
  for (; d >= 16 && sum < farthest; d -= 16, point += 64, query += 128) {
    let even = f64x2.splat(0), odd = even;
    for (let i: usize = 0; i < 4; i++) {
      const p = v128.load(point + (i << 4));
      const low = f64x2.sub(promoteLow(p), v128.load(query + (i << 5)));
      const high = f64x2.sub(promoteHigh(p), v128.load(query + (i << 5), 16));
      even = f64x2.add(even, f64x2.mul(low, low));
      odd = f64x2.add(odd, f64x2.mul(high, high));
    }
    sum += sumLanes64(f64x2.add(even, odd));
  }
  if (sum >= farthest) return sum;
  for (; d > 0; d--, point += 4, query += 8) {
    const difference = <f64> load<f32>(point) - load<f64>(query);
    sum += difference * difference;
  }
  return sum;
}

/** Replaces the largest number of a max-heap by a smaller one. */
export function replaceLargest(heap: usize, k: i32, value: f64): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= k) break;
    let largest = load<f64>(heap + (<usize> child << 3));
    if (child + 1 < k) {
      const other = load<f64>(heap + (<usize> child << 3), 8);
      if (other > largest) {
        largest = other;
        child++;
      }
    }
    if (largest <= value) break;
    store<f64>(heap + (<usize> hole << 3), largest);
    hole = child;
  }
  store<f64>(heap + (<usize> hole << 3), value);
}
