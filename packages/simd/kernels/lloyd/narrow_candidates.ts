// @ts-nocheck AssemblyScript
// k-means++ on rows of up to four columns: squared distances of rows to candidates, four rows side by side.
// They are sums of squared differences of the values as given, so nothing cancels.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { multiplyAdd, promoteHigh, promoteLow, sumLanes64 } from "../shared/vector.ts";
import { spreadColumns, TILE } from "./narrow.ts";

/** Number of rows in a block. */
export const ROWS: i32 = 1024;

/**
 * Measures the distances of all rows to the `k` candidates, one column per candidate, and for each
 * block the potential of each candidate: Σ min(closest, distance). Columns, and `closest`, are filled
 * up to a multiple of four rows, those beyond the last one with closest 0.
 */
export function measureNarrow(thread: i32, args: usize): void {
  f.loadMeasureNarrow(args);
  const tile = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) measureNarrowBlock(b, tile);
}

export function measureNarrowBlock(b: i32, tile: usize): void {
  const potentials = f.potentials + <usize> (b * f.k) * 8;
  memory.fill(potentials, 0, <usize> f.k << 3);
  const end = min((b + 1) * ROWS, f.n);
  for (let start = b * ROWS; start < end; start += TILE) {
    measureColumns(start, min(TILE, end - start), tile, potentials);
  }
}

export function measureColumns(start: i32, count: i32, tile: usize, potentials: usize): void {
  spreadColumns(start, count, tile);
  for (let j = 0; j < f.k; j++) {
    const at = potentials + (<usize> j << 3);
    store<f64>(at, load<f64>(at) + measureColumn(j, start, count, tile));
  }
}

/** Measures the rows of a tile against a candidate; returns the sum of the closest distances. */
export function measureColumn(j: i32, start: i32, count: i32, tile: usize): f64 {
  if (f.d === 1) return measureFours(1, j, start, count, tile);
  if (f.d === 2) return measureFours(2, j, start, count, tile);
  if (f.d === 3) return measureFours(3, j, start, count, tile);
  return measureFours(4, j, start, count, tile);
}

// @ts-ignore: decorator
@inline
function measureFours(d: i32, j: i32, start: i32, count: i32, tile: usize): f64 {
  const point = f.centroids + <usize> (j * d) * 8;
  const c0 = coordinate(point, 0);
  const c1 = d > 1 ? coordinate(point, 8) : c0;
  const c2 = d > 2 ? coordinate(point, 16) : c0;
  const c3 = d > 3 ? coordinate(point, 24) : c0;
  let to = columnOf(j) + (<usize> start << 2);
  let closest = f.closest + (<usize> start << 3);
  const end = tile + (<usize> count << 2);
  let low = f64x2.splat(0);
  let high = low;
  for (; tile < end; tile += 16, to += 16, closest += 32) {
    const x = f32x4.sub(v128.load(tile), c0);
    let square = f32x4.mul(x, x);
    if (d > 1) square = addSquare(f32x4.sub(v128.load(tile, 1024), c1), square);
    if (d > 2) square = addSquare(f32x4.sub(v128.load(tile, 2048), c2), square);
    if (d > 3) square = addSquare(f32x4.sub(v128.load(tile, 3072), c3), square);
    v128.store(to, square);
    // In this order, rows beyond the last one add 0, whatever their distance.
    low = f64x2.add(low, f64x2.pmin(v128.load(closest), promoteLow(square)));
    high = f64x2.add(high, f64x2.pmin(v128.load(closest, 16), promoteHigh(square)));
  }
  return sumLanes64(f64x2.add(low, high));
}

// @ts-ignore: decorator
@inline
function coordinate(point: usize, at: usize): v128 {
  return f32x4.splat(<f32> load<f64>(point + at));
}

// @ts-ignore: decorator
@inline
function addSquare(difference: v128, sum: v128): v128 {
  return multiplyAdd(difference, difference, sum);
}

/** Returns the address of the distances to a candidate. */
// @ts-ignore: decorator
@inline
function columnOf(j: i32): usize {
  return f.candidateDistances + <usize> j * (<usize> (f.n + 3 & ~3) << 2);
}

/** Computes closest = min(closest, distance to the chosen candidate) for all rows. */
export function lowerNarrow(thread: i32, args: usize): void {
  f.loadLowerNarrow(args);
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    lowerRows(b * ROWS, min((b + 1) * ROWS, f.n), f.chosen);
  }
}

export function lowerRows(start: i32, end: i32, chosen: i32): void {
  let from = columnOf(chosen) + (<usize> start << 2);
  let to = f.closest + (<usize> start << 3);
  for (let i = start; i < end; i += 4, from += 16, to += 32) {
    const distance = v128.load(from);
    v128.store(to, f64x2.pmin(v128.load(to), promoteLow(distance)));
    v128.store(to, f64x2.pmin(v128.load(to, 16), promoteHigh(distance)), 16);
  }
}
