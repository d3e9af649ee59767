// @ts-nocheck AssemblyScript
// A step of mini-batch k-means on rows of up to four columns, by one thread: they are labelled, measured and added
// up while they are in the cache. All numbers are those of `batches.ts`.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { moveCentroid, weightOf } from "./batches.ts";
import { promoteLow } from "../shared/vector.ts";
import { COLUMNS, gatherColumns, scoreTile, TILE, UNDECIDED } from "./narrow.ts";
import { nearestOf } from "./rows.ts";

/** Labels the rows of a batch, and moves centroids to the means of what they have seen; one block. */
export function stepNarrow(thread: i32, args: usize): void {
  f.loadStepNarrow(args);
  if (nextBlock(thread) > 0) return;
  memory.fill(f.batchSums, 0, <usize> f.k * <usize> (f.d + 1) << 3);
  let inertia: f64 = 0;
  for (let first = 0; first < f.batchCount; first += TILE) {
    const count = min(TILE, f.batchCount - first);
    const list = f.batchRows + (<usize> first << 2);
    gatherColumns(list, count, f.scratch);
    scoreTile(f.scratch, count);
    inertia = addTile(list, count, f.scratch + COLUMNS, inertia);
  }
  store<f64>(f.batchInertia, inertia);
  const counts = countsOfBatch();
  for (let j = 0; j < f.k; j++) {
    const count = load<f64>(counts + (<usize> j << 3));
    if (count > 0) moveCentroid(j, count, f.batchSums + <usize> j * (<usize> f.d << 3));
  }
}

/** The weight of each cluster in the batch, behind the sums. */
// @ts-ignore: decorator
@inline
function countsOfBatch(): usize {
  return f.batchSums + (<usize> f.k * <usize> f.d << 3);
}

/** Adds labelled rows to the sums of their clusters; returns the inertia with theirs. */
export function addTile(list: usize, count: i32, labels: usize, inertia: f64): f64 {
  if (f.originalWide) {
    if (f.d === 1) return addListed(1, true, list, count, labels, inertia);
    if (f.d === 2) return addListed(2, true, list, count, labels, inertia);
    if (f.d === 3) return addListed(3, true, list, count, labels, inertia);
    return addListed(4, true, list, count, labels, inertia);
  }
  if (f.d === 1) return addListed(1, false, list, count, labels, inertia);
  if (f.d === 2) return addListed(2, false, list, count, labels, inertia);
  if (f.d === 3) return addListed(3, false, list, count, labels, inertia);
  return addListed(4, false, list, count, labels, inertia);
}

// @ts-ignore: decorator
@inline
function addListed(d: i32, wide: bool, list: usize, count: i32, labels: usize, inertia: f64): f64 {
  const counts = countsOfBatch();
  for (const end = list + (<usize> count << 2); list < end; list += 4, labels += 4) {
    const i = load<i32>(list);
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
