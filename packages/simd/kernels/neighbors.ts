// @ts-nocheck AssemblyScript
// The distance of each query to its k-th nearest point, from scores that bound all distances: nearer is
// higher. A block of queries is scored against some points at a time by a product on packed panels, as
// in matmul.ts, and each query goes over its scores while they are in the cache: points whose score does
// not rule them out are measured in float64.
import { argument, nextBlock } from "./shared/job.ts";
import { tile } from "./generated/product_tile32.ts";
import { packRows } from "./shared/pack.ts";
import { promoteHigh, promoteLow, sumLanes64 } from "./shared/vector.ts";

export { tile };

/** Rows and columns of a tile. */
const MR: i32 = 5;
const NR: i32 = 8;

/**
 * Computes squared distances, some queries per block. Arguments: factor of the points in panels of 8
 * [panels, width rounded up to 4, 8], factor of the queries [rows, width], queries [rows, d] in
 * float64, points [n, d] in float32, distances, rows, d, n, k, group, columns of a part and of all
 * panels (all multiples of 32), bound on the error of scores, width, queries per block (a multiple of
 * 5), scratch, scratch bytes per thread: packed queries, scores [queries per block, columns of a part],
 * the best of each group of a part, squared lengths and k distances of each query in float64.
 */
export function kthDistances(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 5);
  const blockRows = argument<i32>(args, 14);
  const scratch = argument<usize>(args, 15) + <usize> thread * argument<usize>(args, 16);
  for (let start = nextBlock(thread) * blockRows; start < rows; start = nextBlock(thread) * blockRows) {
    searchBlock(args, start, min(blockRows, rows - start), scratch);
  }
}

export function searchBlock(args: usize, start: i32, rows: i32, scratch: usize): void {
  const d = argument<i32>(args, 6);
  const k = argument<i32>(args, 8);
  const part = argument<i32>(args, 10);
  const columns = argument<i32>(args, 11);
  const width = argument<i32>(args, 13);
  const blockRows = argument<i32>(args, 14);
  const steps = (width + 3) >> 2;
  const factorBytes = <usize> width << 2;
  packRows(argument<usize>(args, 1) + <usize> start * factorBytes, factorBytes, scratch, width, rows);
  const scores = scratch + <usize> (blockRows / MR * steps) * (MR * 16);
  const rowBytes = <usize> part << 2;
  const best = scores + <usize> blockRows * rowBytes;
  const lengths = best + (<usize> (part / argument<i32>(args, 9) << 2) + 7 & ~7);
  const nearest = lengths + (<usize> blockRows << 3);
  const heapBytes = <usize> k << 3;
  const queries = argument<usize>(args, 2) + (<usize> start * d << 3);
  const queryBytes = <usize> d << 3;
  for (let row: usize = 0; row < <usize> rows; row++) {
    store<f64>(lengths + (row << 3), squaredLength(queries + row * queryBytes, d));
  }
  for (let first = 0; first < columns; first += part) {
    const count = min(part, columns - first);
    scorePart(argument<usize>(args, 0) + <usize> first * <usize> (steps << 4), scratch, steps, scores, count, rowBytes, rows);
    for (let row: usize = 0; row < <usize> rows; row++) {
      const at = scores + row * rowBytes;
      const query = queries + row * queryBytes;
      const heap = nearest + row * heapBytes;
      const length = load<f64>(lengths + (row << 3));
      if (first === 0) measureFirst(args, at, count, query, length, heap, best);
      else measureNear(args, at, first, count, query, length, heap);
    }
  }
  const output = argument<usize>(args, 4) + (<usize> start << 3);
  for (let row: usize = 0; row < <usize> rows; row++) {
    store<f64>(output + (row << 3), load<f64>(nearest + row * heapBytes));
  }
}

/** Scores the queries of a block against `count` points. */
function scorePart(
  right: usize,
  left: usize,
  steps: i32,
  scores: usize,
  count: i32,
  rowBytes: usize,
  rows: i32,
): void {
  const panelBytes = <usize> steps * (NR * 16);
  for (let column = 0; column < count; column += NR, right += panelBytes) {
    scorePanel(left, right, steps, scores + (<usize> column << 2), rowBytes, rows);
  }
}

/** Scores the queries of a block against 8 points, which stay in the first-level cache. */
export function scorePanel(
  left: usize,
  right: usize,
  steps: i32,
  scores: usize,
  rowBytes: usize,
  rows: i32,
): void {
  for (let row = 0; row < rows; row += MR) {
    tile(left, right, steps, scores, rowBytes, 0);
    left += <usize> steps * (MR * 16);
    scores += MR * rowBytes;
  }
}

/** Measures the points of the first part that may be among the k nearest, the best of good groups before others. */
export function measureFirst(
  args: usize,
  scores: usize,
  count: i32,
  query: usize,
  length: f64,
  nearest: usize,
  best: usize,
): void {
  const k = argument<i32>(args, 8);
  const group = argument<i32>(args, 9);
  const groups = count / group;
  findBest(scores, best, group, groups);
  const good = kthLargest(best, groups, nearest, min(k, groups));
  fillHeap(nearest, k);
  measureBest(args, scores, best, groups, query, nearest, good);
  measureRest(args, scores, best, groups, query, length, nearest, good);
}

/** Measures the points of a later part that may be among the k nearest. */
export function measureNear(
  args: usize,
  scores: usize,
  first: i32,
  count: i32,
  query: usize,
  length: f64,
  nearest: usize,
): void {
  const doubt = argument<f64>(args, 12);
  let least = <f32> ((length - load<f64>(nearest)) / 2 - doubt);
  for (let end = first + count; first < end; first += 16, scores += 64) {
    const left = f32x4.pmax(v128.load(scores), v128.load(scores, 16));
    const right = f32x4.pmax(v128.load(scores, 32), v128.load(scores, 48));
    if (!v128.any_true(f32x4.ge(f32x4.pmax(left, right), f32x4.splat(least)))) continue;
    for (let i = 0; i < 16; i++) {
      if (load<f32>(scores + (<usize> i << 2)) < least) continue;
      measure(args, first + i, query, nearest);
      least = <f32> ((length - load<f64>(nearest)) / 2 - doubt);
    }
  }
}

/** Finds the highest score of each group. */
export function findBest(scores: usize, best: usize, group: i32, groups: i32): void {
  for (let g = 0; g < groups; g++) {
    let highest = v128.load(scores);
    scores += 16;
    for (let i = 4; i < group; i += 4, scores += 16) {
      highest = f32x4.pmax(highest, v128.load(scores));
    }
    const left = max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1));
    const right = max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3));
    store<f32>(best + (<usize> g << 2), max(left, right));
  }
}

export function kthLargest(values: usize, count: i32, heap: usize, k: i32): f32 {
  fillHeap(heap, k);
  for (let i = 0; i < count; i++) {
    const value = -<f64> load<f32>(values + (<usize> i << 2));
    if (value < load<f64>(heap)) replaceLargest(heap, k, value);
  }
  return <f32> -load<f64>(heap);
}

/**
 * Measures the best points of the best groups, which are near: they bound the distance to the k-th
 * nearest from above.
 */
export function measureBest(
  args: usize,
  scores: usize,
  best: usize,
  groups: i32,
  query: usize,
  nearest: usize,
  good: f32,
): void {
  const group = argument<i32>(args, 9);
  for (let g = 0; g < groups; g++) {
    const highest = load<f32>(best + (<usize> g << 2));
    if (highest >= good) measure(args, firstOf(scores, g * group, highest), query, nearest);
  }
}

// @ts-ignore: decorator
@inline
function firstOf(scores: usize, start: i32, value: f32): i32 {
  let point = start;
  while (load<f32>(scores + (<usize> point << 2)) !== value) point++;
  return point;
}

/** Measures all points that may be among the k nearest and were not measured yet. */
export function measureRest(
  args: usize,
  scores: usize,
  best: usize,
  groups: i32,
  query: usize,
  length: f64,
  nearest: usize,
  good: f32,
): void {
  const group = argument<i32>(args, 9);
  const doubt = argument<f64>(args, 12);
  for (let g = 0; g < groups; g++) {
    const highest = load<f32>(best + (<usize> g << 2));
    if (highest < (length - load<f64>(nearest)) / 2 - doubt) continue;
    const start = g * group;
    const measured = highest >= good ? firstOf(scores, start, highest) : -1;
    for (let point = start; point < start + group; point++) {
      const score = <f64> load<f32>(scores + (<usize> point << 2));
      if (score < (length - load<f64>(nearest)) / 2 - doubt || point === measured) continue;
      measure(args, point, query, nearest);
    }
  }
}

/** Measures a point, and keeps its distance if it is among the k smallest so far. */
export function measure(args: usize, point: i32, query: usize, nearest: usize): void {
  if (point >= argument<i32>(args, 7)) return;
  const d = argument<i32>(args, 6);
  const farthest = load<f64>(nearest);
  const at = argument<usize>(args, 3) + (<usize> point * d << 2);
  const distance = squaredDistance(at, query, d, farthest);
  if (distance < farthest) replaceLargest(nearest, argument<i32>(args, 8), distance);
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

export function squaredLength(query: usize, d: i32): f64 {
  let sum: f64 = 0;
  for (; d > 0; d--, query += 8) sum += load<f64>(query) * load<f64>(query);
  return sum;
}

// @ts-ignore: decorator
@inline
function fillHeap(heap: usize, k: i32): void {
  for (let i = 0; i < k; i++) store<f64>(heap + (<usize> i << 3), f64.POSITIVE_INFINITY);
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
