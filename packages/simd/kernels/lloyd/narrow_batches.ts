// @ts-nocheck AssemblyScript
// Steps of mini-batch k-means on rows of up to four columns, by one thread, while others copy the rows of the next
// steps from all over memory: rows are labelled, measured and added up while they are in the cache. All numbers are
// those of `batches.ts`.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { moveCentroid, weightOf } from "./batches.ts";
import { promoteLow } from "../shared/vector.ts";
import { COLUMNS, scoreTile, spreadColumns, TILE, UNDECIDED } from "./narrow.ts";
import { placeNarrow } from "./placed.ts";
import { nearestOf } from "./rows.ts";

/** Number of rows that are copied at a time. */
const COPIED: i32 = 1024;

/** Makes steps with batches whose rows have been copied; that is block 0, the others copy rows of the next ones. */
export function stepsNarrow(thread: i32, args: usize): void {
  f.loadStepsNarrow(args);
  const blocks = 1 + (f.aheadCount + COPIED - 1) / COPIED;
  for (let b = nextBlock(thread); b < blocks; b = nextBlock(thread)) {
    if (b > 0) copyAhead((b - 1) * COPIED);
    else {
      makeSteps(f.scratch + <usize> thread * <usize> f.scratchBytes);
      f.loadStepsNarrow(args);
    }
  }
}

function copyAhead(first: i32): void {
  const count = min(COPIED, f.aheadCount - first);
  const list = f.aheadRows + (<usize> first << 2);
  const at = <usize> first;
  const bytes = <usize> f.d << (2 + f.originalWide);
  copyListed(bytes, list, count, f.original, f.aheadOriginal + at * bytes);
  if (f.dense !== f.original) copyListed(<usize> f.d << 2, list, count, f.dense, f.aheadDense + at * (<usize> f.d << 2));
  if (f.batchWeights) copyListed(8, list, count, f.batchWeights, f.aheadWeights + (at << 3));
}

function copyListed(bytes: usize, list: usize, count: i32, from: usize, to: usize): void {
  if (bytes === 4) copyRows(4, list, count, from, to);
  else if (bytes === 8) copyRows(8, list, count, from, to);
  else if (bytes === 12) copyRows(12, list, count, from, to);
  else if (bytes === 16) copyRows(16, list, count, from, to);
  else if (bytes === 24) copyRows(24, list, count, from, to);
  else copyRows(32, list, count, from, to);
}

/** Few instructions per row, so that the processor waits for many rows at a time. */
// @ts-ignore: decorator
@inline
function copyRows(bytes: usize, list: usize, count: i32, from: usize, to: usize): void {
  for (const end = list + (<usize> count << 2); list < end; list += 4, to += bytes) {
    const row = from + <usize> load<u32>(list) * bytes;
    if (bytes >= 16) v128.store(to, v128.load(row));
    if (bytes === 32) v128.store(to, v128.load(row, 16), 16);
    if (bytes === 24) store<u64>(to, load<u64>(row, 16), 16);
    if (bytes === 12 || bytes === 8) store<u64>(to, load<u64>(row));
    if (bytes === 12) store<u32>(to, load<u32>(row, 8), 8);
    if (bytes === 4) store<u32>(to, load<u32>(row));
  }
}

/** Makes steps, as many as there are to be or as centroids allow that float32 holds, and tells what each left. */
function makeSteps(tile: usize): void {
  const rows = <usize> f.batchCount;
  f.dense = f.copiedDense;
  f.original = f.copiedOriginal;
  f.batchWeights = f.copiedWeights;
  let outcome = f.outcomes;
  let step = 0;
  for (; step < f.stepCount; step++) {
    if (step > 0 && !placeNarrow()) break;
    outcome = keepOutcome(outcome, makeStep(tile));
    f.dense += rows * (<usize> f.d << 2);
    f.original += rows * (<usize> f.d << (2 + f.originalWide));
    if (f.batchWeights) f.batchWeights += rows << 3;
  }
  store<i32>(f.stepsMade, step);
}

/** Writes an inertia, centroids, and what they have seen; returns the place for the next. */
function keepOutcome(at: usize, inertia: f64): usize {
  const centroids = <usize> (f.k * f.d) << 3;
  const seen = <usize> f.k << 3;
  store<f64>(at, inertia);
  memory.copy(at + 8, f.centroids, centroids);
  memory.copy(at + 8 + centroids, f.seen, seen);
  return at + 8 + centroids + seen;
}

/** Labels the rows of a batch, and moves centroids to the means of what they have seen; returns the inertia. */
function makeStep(tile: usize): f64 {
  memory.fill(f.batchSums, 0, <usize> f.k * <usize> (f.d + 1) << 3);
  let inertia: f64 = 0;
  for (let first = 0; first < f.batchCount; first += TILE) {
    const count = min(TILE, f.batchCount - first);
    spreadColumns(first, count, tile);
    scoreTile(tile, count);
    inertia = addTile(first, count, tile + COLUMNS, inertia);
  }
  const counts = countsOfBatch();
  for (let j = 0; j < f.k; j++) {
    const count = load<f64>(counts + (<usize> j << 3));
    if (count > 0) moveCentroid(j, count, f.batchSums + <usize> j * (<usize> f.d << 3));
  }
  return inertia;
}

/** The weight of each cluster in the batch, behind the sums. */
// @ts-ignore: decorator
@inline
function countsOfBatch(): usize {
  return f.batchSums + (<usize> f.k * <usize> f.d << 3);
}

/** Adds labelled rows, from a first one on, to the sums of their clusters; returns the inertia with theirs. */
export function addTile(first: i32, count: i32, labels: usize, inertia: f64): f64 {
  if (f.originalWide) {
    if (f.d === 1) return addRowsFrom(1, true, first, count, labels, inertia);
    if (f.d === 2) return addRowsFrom(2, true, first, count, labels, inertia);
    if (f.d === 3) return addRowsFrom(3, true, first, count, labels, inertia);
    return addRowsFrom(4, true, first, count, labels, inertia);
  }
  if (f.d === 1) return addRowsFrom(1, false, first, count, labels, inertia);
  if (f.d === 2) return addRowsFrom(2, false, first, count, labels, inertia);
  if (f.d === 3) return addRowsFrom(3, false, first, count, labels, inertia);
  return addRowsFrom(4, false, first, count, labels, inertia);
}

// @ts-ignore: decorator
@inline
function addRowsFrom(d: i32, wide: bool, first: i32, count: i32, labels: usize, inertia: f64): f64 {
  const counts = countsOfBatch();
  for (let i = first; i < first + count; i++, labels += 4) {
    let label = load<i32>(labels);
    if (label === UNDECIDED) label = nearestOf(i);
    const w = weightOf(<usize> i);
    const row = f.original + (<usize> i * <usize> d << (wide ? 3 : 2));
    const at = <usize> label * <usize> d << 3;
    const centroid = f.centroids + at;
    const sum = f.batchSums + at;
    const total = addRow(d, wide, row, centroid, sum, w);
    const own = counts + (<usize> label << 3);
    store<f64>(own, load<f64>(own) + w);
    inertia += w * total;
  }
  return inertia;
}

/** Adds a row, times its weight, to a sum; returns its squared distance to the centroid, as `squaredDistance` does. */
// @ts-ignore: decorator
@inline
function addRow(d: i32, wide: bool, row: usize, centroid: usize, sum: usize, w: f64): f64 {
  if (d === 1) return addValue(wide, 0, row, centroid, sum, w);
  const first = addPair(wide, 0, row, centroid, sum, w);
  if (d === 4) return addLanes(f64x2.add(first, addPair(wide, 2, row, centroid, sum, w)));
  if (d === 2) return addLanes(first);
  return addLanes(first) + addValue(wide, 2, row, centroid, sum, w);
}

// @ts-ignore: decorator
@inline
function addLanes(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Adds two values of a row, times its weight, to a sum; returns the squares of their distances to the centroid's. */
// @ts-ignore: decorator
@inline
function addPair(wide: bool, p: usize, row: usize, centroid: usize, sum: usize, w: f64): v128 {
  const x = wide ? v128.load(row + (p << 3)) : promoteLow(v128.load64_zero(row + (p << 2)));
  const to = sum + (p << 3);
  v128.store(to, f64x2.add(v128.load(to), f64x2.mul(f64x2.splat(w), x)));
  const difference = f64x2.sub(x, v128.load(centroid + (p << 3)));
  return f64x2.mul(difference, difference);
}

/** Adds a value of a row, times its weight, to a sum; returns the square of its distance to the centroid's. */
// @ts-ignore: decorator
@inline
function addValue(wide: bool, p: usize, row: usize, centroid: usize, sum: usize, w: f64): f64 {
  const x = wide ? load<f64>(row + (p << 3)) : <f64> load<f32>(row + (p << 2));
  const to = sum + (p << 3);
  store<f64>(to, load<f64>(to) + w * x);
  const difference = x - load<f64>(centroid + (p << 3));
  return difference * difference;
}
