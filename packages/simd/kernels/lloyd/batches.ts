// @ts-nocheck AssemblyScript
// A step of mini-batch k-means: the rows of a batch are listed, in any order and some several times.
// Numbers of a row do not depend on its form in memory, nor sums on threads.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { placeCentroid, standStill } from "./centroids.ts";
import { narrowDistanceFast, squaredDistance } from "./distances.ts";
import { COLUMNS, gatherColumns, scoreTile, UNDECIDED } from "./narrow.ts";
import { labelNearest, ROWS } from "./nearest_rows.ts";
import { moveRow } from "./row_sums.ts";
import { entryBytes, entryValue, nearestOf } from "./rows.ts";
import { setSink, touchData, touchLengths } from "./touch.ts";

/** Finds the nearest centroid of each row of a batch, and its squared distance. */
export function labelBatch(thread: i32, args: usize): void {
  f.loadLabelBatch(args);
  const scratch = f.scratch + <usize> thread * <usize> f.scratchBytes;
  setSink(scratch + <usize> f.scratchBytes - 64);
  for (let b = nextBlock(thread); b * ROWS < f.batchCount; b = nextBlock(thread)) {
    const first = b * ROWS;
    const count = min(ROWS, f.batchCount - first);
    if (f.splats) labelSplats(first, count, scratch);
    else labelRows(first, count, scratch);
  }
}

export function labelRows(first: i32, count: i32, products: usize): void {
  const list = f.batchRows + (<usize> first << 2);
  const labels = f.batchLabels + (<usize> first << 2);
  const distances = f.batchDistances + (<usize> first << 3);
  touchData(list, count);
  touchLengths(list, count);
  labelNearest(list, count, labels, distances, products);
  if (f.original) return;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    const label = load<i32>(labels + (<usize> q << 2));
    store<f64>(distances + (<usize> q << 3), spreadDistance(i, label, products));
  }
}

/** Labels rows of few columns, side by side. */
export function labelSplats(first: i32, count: i32, tile: usize): void {
  const list = f.batchRows + (<usize> first << 2);
  gatherColumns(list, count, tile);
  scoreTile(tile, count);
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    let label = load<i32>(tile + COLUMNS + (<usize> q << 2));
    if (label === UNDECIDED) label = nearestOf(i);
    const place = <usize> (first + q);
    store<i32>(f.batchLabels + (place << 2), label);
    store<f64>(f.batchDistances + (place << 3), squaredDistance(i, label));
  }
}

/** Returns the squared distance of a sparse row, with terms added in the order of a dense one. */
export function spreadDistance(i: i32, label: i32, dense: usize): f64 {
  memory.fill(dense, 0, <usize> f.d << 2);
  let entry = <usize> load<u32>(f.rowAddresses + (<usize> i << 2));
  const length = load<i32>(f.rowLengths + (<usize> i << 2));
  let value = entry + (<usize> length << 1);
  const end = value;
  for (; entry < end; entry += 2, value += entryBytes()) {
    const x = entryValue(value);
    if (x === 0) break; // Zeros fill up the row.
    store<f32>(dense + (<usize> load<u16>(entry) << 2), x);
  }
  return narrowDistanceFast(dense, f.centroids + <usize> label * (<usize> f.d << 3), f.d);
}

/** Lists the rows of each cluster in the order of the batch, and sums up the inertia; one block. */
export function sortBatch(thread: i32, args: usize): void {
  f.loadSortBatch(args);
  if (nextBlock(thread) > 0) return;
  const ends = f.batchEnds;
  memory.fill(ends, 0, <usize> f.k << 2);
  let inertia: f64 = 0;
  for (let q: usize = 0; q < <usize> f.batchCount; q++) {
    const end = ends + (<usize> load<i32>(f.batchLabels + (q << 2)) << 2);
    store<i32>(end, load<i32>(end) + 1);
    const i = <usize> load<i32>(f.batchRows + (q << 2));
    inertia += weightOf(i) * load<f64>(f.batchDistances + (q << 3));
  }
  store<f64>(f.batchInertia, inertia);
  let start = 0;
  for (let j: usize = 0; j < <usize> f.k; j++) {
    const count = load<i32>(ends + (j << 2));
    store<i32>(ends + (j << 2), start);
    start += count;
  }
  // Each start moves to the end of its cluster.
  for (let q: usize = 0; q < <usize> f.batchCount; q++) {
    const end = ends + (<usize> load<i32>(f.batchLabels + (q << 2)) << 2);
    const place = load<i32>(end);
    store<i32>(end, place + 1);
    store<i32>(f.batchOrder + (<usize> place << 2), load<i32>(f.batchRows + (q << 2)));
  }
}

// @ts-ignore: decorator
@inline
export function weightOf(i: usize): f64 {
  return f.batchWeights ? load<f64>(f.batchWeights + (i << 3)) : 1;
}

/**
 * Moves each centroid to the mean of the rows that it has seen, those of the batch among them, whose rows are
 * added up in their order, and places it for the next batch.
 */
export function moveToMeans(thread: i32, args: usize): void {
  f.loadMoveToMeans(args);
  const centred = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let j = nextBlock(thread) * f.together; j < f.k; j = nextBlock(thread) * f.together) {
    for (let i = j; i < min(j + f.together, f.k); i++) moveToMean(i, centred);
  }
}

export function moveToMean(j: i32, centred: usize): void {
  const ends = f.batchEnds + (<usize> j << 2);
  const first = f.batchOrder + (j ? <usize> load<i32>(ends - 4) << 2 : 0);
  const end = f.batchOrder + (<usize> load<i32>(ends) << 2);
  let count: f64 = 0;
  for (let at = first; at < end; at += 4) count += weightOf(<usize> load<i32>(at));
  if (count === 0) return standStill(j);
  const bytes = <usize> f.d << 3;
  const sums = f.batchSums + <usize> j * bytes;
  addRows(first, end, sums, bytes);
  moveCentroid(j, count, sums);
  placeCentroid(j, centred);
}

/** Moves a centroid to the mean of the rows that it has seen, with those of the batch, of some weight and sum. */
export function moveCentroid(j: i32, count: f64, sums: usize): void {
  const bytes = <usize> f.d << 3;
  const seen = f.seen + (<usize> j << 3);
  const before = load<f64>(seen);
  const after = before + count;
  store<f64>(seen, after);
  const centroid = f.centroids + <usize> j * bytes;
  const b = f64x2.splat(before);
  const a = f64x2.splat(after);
  let p: usize = 0;
  for (; p + 16 <= bytes; p += 16) {
    const sum = f64x2.add(f64x2.mul(v128.load(centroid + p), b), v128.load(sums + p));
    v128.store(centroid + p, f64x2.div(sum, a));
  }
  if (p < bytes) {
    store<f64>(centroid + p, (load<f64>(centroid + p) * before + load<f64>(sums + p)) / after);
  }
}

/** Adds up listed rows, times their weights. */
export function addRows(first: usize, end: usize, sums: usize, bytes: usize): void {
  if (!f.original) {
    memory.fill(sums, 0, bytes);
    for (let at = first; at < end; at += 4) {
      const i = load<i32>(at);
      moveRow(i, -1, 0, weightOf(<usize> i), sums);
    }
    return;
  }
  // Threads that labelled other rows have them in their caches.
  setSink(sums);
  touchData(first, <i32> ((end - first) >> 2));
  if (f.originalWide) {
    if (f.batchWeights) addColumns(true, true, first, end, sums);
    else addColumns(true, false, first, end, sums);
  } else if (f.batchWeights) addColumns(false, true, first, end, sums);
  else addColumns(false, false, first, end, sums);
}

/** Adds up all columns of listed dense rows, eight at a time. */
// @ts-ignore: decorator
@inline
function addColumns(wide: bool, weighted: bool, first: usize, end: usize, sums: usize): void {
  const step: usize = wide ? 8 : 4;
  const stride = <usize> f.d * step;
  let x = f.original;
  let p = 0;
  for (; p + 8 <= f.d; p += 8, x += 8 * step, sums += 64) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let at = first; at < end; at += 4) {
      const i = <usize> load<u32>(at);
      const row = x + i * stride;
      const w = weighted ? f64x2.splat(load<f64>(f.batchWeights + (i << 3))) : f64x2.splat(1);
      s0 = f64x2.add(s0, weighPair(wide, weighted, row, w));
      s1 = f64x2.add(s1, weighPair(wide, weighted, row + 2 * step, w));
      s2 = f64x2.add(s2, weighPair(wide, weighted, row + 4 * step, w));
      s3 = f64x2.add(s3, weighPair(wide, weighted, row + 6 * step, w));
    }
    v128.store(sums, s0);
    v128.store(sums, s1, 16);
    v128.store(sums, s2, 32);
    v128.store(sums, s3, 48);
  }
  for (; p < f.d; p++, x += step, sums += 8) {
    let total: f64 = 0;
    for (let at = first; at < end; at += 4) {
      const i = <usize> load<u32>(at);
      const row = x + i * stride;
      total += weightOf(i) * (wide ? load<f64>(row) : <f64> load<f32>(row));
    }
    store<f64>(sums, total);
  }
}

/** Returns two numbers in float64, times a weight. */
// @ts-ignore: decorator
@inline
function weighPair(wide: bool, weighted: bool, row: usize, w: v128): v128 {
  const pair = wide ? v128.load(row) : f64x2.promote_low_f32x4(v128.load64_zero(row));
  return weighted ? f64x2.mul(w, pair) : pair;
}
