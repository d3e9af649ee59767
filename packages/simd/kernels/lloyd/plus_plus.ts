// @ts-nocheck AssemblyScript
// k-means++: squared distances of all rows to candidates, accurate to float32.
import { nextBlock } from "../shared/job.ts";
import { squaredDistance } from "./distances.ts";
import * as f from "../generated/lloyd_structures.ts";
import { dataProducts } from "./products.ts";
import { listRows } from "./records.ts";
import { scoreOf } from "./scores.ts";
import { boundProducts, screenedRow, screenRow } from "./screen.ts";
import { multiplySubtract, promoteHigh, promoteLow } from "../shared/vector.ts";

/** Number of rows in a block, and in a tile of it. */
export const ROWS: i32 = 256;
const TILE: i32 = 64;
/**
 * Below this share of |x|² + |c|², a distance computed as a difference is measured again in
 * float64.
 */
const CANCELLED: f32 = 0.05;
/** Rounding of a sum of squares in float32, and of each term of a product. */
const ROUNDING: f32 = 2e-6;
const PER_TERM: f32 = 3e-7;

/**
 * Measures the distances of all rows to the `k` candidates, and for each block the potential of each
 * candidate: Σ min(closest, distance). Both have `width` columns.
 */
export function measureCandidates(thread: i32, args: usize): void {
  f.loadMeasureCandidates(args);
  const list = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) measureBlock(b, list);
}

export function measureBlock(b: i32, list: usize): void {
  const potentials = f.potentials + <usize> (b * f.width) * 8;
  memory.fill(potentials, 0, <usize> f.width << 3);
  const end = min((b + 1) * ROWS, f.n);
  for (let start = b * ROWS; start < end; start += TILE) {
    measureTile(start, min(start + TILE, end), list, potentials);
  }
}

export function measureTile(start: i32, end: i32, list: usize, potentials: usize): void {
  const again = list + (TILE << 2);
  const products = again + (TILE << 2);
  const columns = <usize> f.width << 2;
  let count = listRows(start, end, list);
  if (f.screenedRows) count = passOverFar(list, count, products);
  dataProducts(list, count, f.panels, f.width, products);
  for (let c: usize = 0; c < columns; c += 16) {
    const distances = f.candidateDistances + c;
    const left = measureFourCandidates(list, count, c, products + c, distances, again);
    for (let q = 0; q < left; q++) {
      const entry = load<i32>(again + (<usize> q << 2));
      const i = load<i32>(list + (<usize> (entry >> 4) << 2));
      measureAgain(i, <i32> (c >> 2), entry, distances + <usize> i * columns);
    }
    addPotentials(start, end, distances + <usize> start * columns, potentials + (c << 1));
  }
}

/** Writes rows as 8-bit integers. */
export function screenRows(thread: i32, args: usize): void {
  f.loadScreenRows(args);
  const scratch = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    const end = min((b + 1) * ROWS, f.n);
    for (let i = b * ROWS; i < end; i++) screenRow(i, screenedRow(f.screenedRows, i), scratch);
  }
}

/**
 * Passes over rows that no candidate is nearer to than the closest centroid, by bounds from 8-bit integers; their
 * distances count as infinite. Leaves the others in the list, and returns their number.
 */
export function passOverFar(list: usize, count: i32, products: usize): i32 {
  const columns = <usize> f.width << 2;
  for (let panel = 0; panel * 12 < f.width; panel++) {
    boundProducts(f.screenedRows, list, count, panel, products + <usize> panel * 48, columns);
  }
  let left = 0;
  for (let q = 0; q < count; q++, products += columns) {
    const i = load<i32>(list + (<usize> q << 2));
    const distances = f.candidateDistances + <usize> i * columns;
    if (areFar(i, products)) {
      for (let c: usize = 0; c < columns; c += 16) v128.store(distances + c, f32x4.splat(Infinity));
      continue;
    }
    store<i32>(list + (<usize> left << 2), i);
    left++;
  }
  atomic.add<i32>(f.screenTally, left);
  return left;
}

/**
 * Returns true if float32, too, finds all candidates farther from row i than its closest centroid, given upper bounds
 * of products.
 */
// @ts-ignore: decorator
@inline
function areFar(i: i32, products: usize): bool {
  const at = <usize> i << 2;
  const square = load<f32>(f.squares + at);
  const closest = <f32> (load<f64>(f.closest + (at << 1)) * f.scale * f.scale);
  const limit = f32x4.splat((closest - square) + ROUNDING * (closest + square));
  const perLength = f32x4.splat(PER_TERM * <f32> (f.d + 10) * load<f32>(f.radii + at));
  const kept = f32x4.splat(1 - ROUNDING);
  let far = i32x4.splat(-1);
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const score = multiplySubtract(
      f32x4.splat(2),
      v128.load(products + c),
      f32x4.mul(kept, v128.load(f.bias + c)),
    );
    const least = multiplySubtract(perLength, v128.load(f.screenLengths + c), score);
    far = v128.and(far, f32x4.gt(least, limit));
  }
  return i32x4.all_true(far);
}

/**
 * Stores the distances of listed rows to four candidates, in scaled units, which fit float32. Lists the rows of
 * which some are to be measured again, 16 times their place in the list plus a bit for each good one.
 *
 * @returns The number of rows to measure again.
 */
export function measureFourCandidates(
  list: usize,
  rows: i32,
  c: usize,
  products: usize,
  to: usize,
  again: usize,
): i32 {
  const columns = <usize> f.width << 2;
  const bias = v128.load(f.bias + c);
  const share = f32x4.splat(CANCELLED);
  let count = 0;
  for (let q = 0; q < rows; q++, products += columns) {
    const i = <usize> load<u32>(list + (<usize> q << 2));
    const square = v128.load32_splat(f.squares + (i << 2));
    const distance = f32x4.add(square, scoreOf(v128.load(products), c));
    v128.store(to + i * columns, distance);
    // Written so that a score that is not a number is measured again.
    const good = i32x4.bitmask(f32x4.gt(distance, f32x4.mul(share, f32x4.add(square, bias))));
    store<i32>(again + (<usize> count << 2), q << 4 | good);
    count += <i32> (good !== 15);
  }
  return count;
}

/** Measures those of four distances again in float64 whose bit is 0. */
export function measureAgain(i: i32, first: i32, good: i32, to: usize): void {
  const end = min(first + 4, f.k);
  for (let j = first; j < end; j++, good >>= 1, to += 4) {
    if (!(good & 1)) store<f32>(to, <f32> (squaredDistance(i, j) * f.scale * f.scale));
  }
}

/** Adds the smaller of the closest distance and that to each of four candidates, row by row. */
export function addPotentials(start: i32, end: i32, distances: usize, potentials: usize): void {
  const columns = <usize> f.width << 2;
  const perUnit = f64x2.splat(1 / (f.scale * f.scale));
  let low = v128.load(potentials);
  let high = v128.load(potentials, 16);
  for (let i = start; i < end; i++, distances += columns) {
    const distance = v128.load(distances);
    const closest = v128.load64_splat(f.closest + (<usize> i << 3));
    low = f64x2.add(low, f64x2.pmin(closest, f64x2.mul(promoteLow(distance), perUnit)));
    high = f64x2.add(high, f64x2.pmin(closest, f64x2.mul(promoteHigh(distance), perUnit)));
  }
  v128.store(potentials, low);
  v128.store(potentials, high, 16);
}

/** Computes closest = min(closest, distance to the chosen candidate) for all rows. */
export function lowerClosest(thread: i32, args: usize): void {
  f.loadLowerClosest(args);
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    lowerFrom(b * ROWS, min((b + 1) * ROWS, f.n), f.chosen);
  }
}

export function lowerFrom(start: i32, end: i32, chosen: i32): void {
  const perUnit = 1 / (f.scale * f.scale);
  let distance = f.candidateDistances + <usize> (start * f.width + chosen) * 4;
  for (let i = start; i < end; i++, distance += <usize> f.width << 2) {
    const at = f.closest + (<usize> i << 3);
    store<f64>(at, min(load<f64>(at), <f64> load<f32>(distance) * perUnit));
  }
}
