// @ts-nocheck AssemblyScript
// The nearest centroid of a row by bounds from 8-bit integers: the one with the lowest bound is measured in
// float64, and so are the others that this does not rule out.
import { multiplySubtract } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { squaredDistance } from "./distances.ts";
import { boundProducts, screenedRow, screenRow } from "./screen.ts";
import { decide, errorOf, FAR, minLane, UNDECIDED } from "./scores.ts";

/** Largest number of centroids that are measured besides the first. */
const FEW: i32 = 8;
/** Largest number of rows. */
const ROWS: i32 = 64;
/** Rounding of a squared length in float32, with that of adding it. */
const ROUNDING: f32 = 1e-6;

/** Squared distance of the last row that `nearestByBounds` labelled. */
export let measured: f64 = 0;

/**
 * Bounds the products of the data rows `list[0 … count)` and all centroids from above, to `out`: count
 * (rounded up to 4) × width.
 *
 * @param places Places of the integers of each row: different numbers below 64.
 * @param packed Scratch memory: the integers of 64 rows, and those of one as float32.
 */
export function screenedProducts(list: usize, places: usize, count: i32, out: usize, packed: usize): void {
  const scratch = screenedRow(packed, ROWS);
  for (let q: usize = 0; q < <usize> count << 2; q += 4) {
    screenRow(load<i32>(list + q), screenedRow(packed, load<i32>(places + q)), scratch);
  }
  for (let panel = 0; panel * 12 < f.width; panel++) {
    boundProducts(packed, places, count, panel, out + <usize> panel * 48, <usize> f.width << 2);
  }
}

/**
 * Finds the nearest centroid of row i from upper bounds of its products, which become lower bounds of its
 * scores. Returns UNDECIDED if more than a few may be nearest.
 */
export function nearestByBounds(i: i32, row: usize, radius: f32): i32 {
  const first = lowestBound(row);
  measured = squaredDistance(i, first);
  const square = load<f32>(f.squares + (<usize> i << 2));
  const score = <f32> (measured * f.scale * f.scale - <f64> square);
  return measureOthers(i, row, first, score + errorOf(i, radius) + ROUNDING * square);
}

/** Turns upper bounds of the products of a row into lower bounds of its scores; returns the centroid with the lowest. */
function lowestBound(row: usize): i32 {
  let even = f32x4.splat(FAR);
  let odd = even;
  const bytes = <usize> f.width << 2;
  let c: usize = 0;
  for (; c + 32 <= bytes; c += 32) {
    even = f32x4.pmin(even, toBounds(row, c));
    odd = f32x4.pmin(odd, toBounds(row, c + 16));
  }
  if (c < bytes) even = f32x4.pmin(even, toBounds(row, c));
  const lowest = f32x4.splat(minLane(f32x4.pmin(even, odd)));
  for (c = 0; c < bytes; c += 16) {
    const equal = i32x4.bitmask(f32x4.eq(v128.load(row + c), lowest));
    if (equal) return <i32> (c >> 2) + ctz(equal);
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function toBounds(row: usize, c: usize): v128 {
  const score = multiplySubtract(f32x4.splat(2), v128.load(row + c), v128.load(f.bias + c));
  v128.store(row + c, score);
  return score;
}

/** True if sixteen scores exceed a limit. */
// @ts-ignore: decorator
@inline
function allBeyond(scores: usize, most: v128): bool {
  const a = f32x4.gt(v128.load(scores), most);
  const b = f32x4.gt(v128.load(scores, 16), most);
  const c = f32x4.gt(v128.load(scores, 32), most);
  const d = f32x4.gt(v128.load(scores, 48), most);
  return i32x4.all_true(v128.and(v128.and(a, b), v128.and(c, d)));
}

/** Finds the nearest among the centroid that was measured and those whose scores are bounded by no more than a limit. */
function measureOthers(i: i32, row: usize, first: i32, limit: f32): i32 {
  const tolerance = <f64> (f.d + 4) * 1e-15;
  const most = f32x4.splat(limit);
  let label = first;
  let left = FEW;
  let close = false;
  const whole = f.width & ~15;
  for (let c = 0; c < f.width; c += 4) {
    // Most are out of reach, sixteen at a time.
    while (c < whole && allBeyond(row + (<usize> c << 2), most)) c += 16;
    if (c >= f.width) break;
    let near = 15 ^ i32x4.bitmask(f32x4.gt(v128.load(row + (<usize> c << 2)), most));
    for (; near !== 0; near &= near - 1) {
      const j = c + ctz(near);
      if (j === first) continue;
      if (left-- === 0) return UNDECIDED;
      const distance = squaredDistance(i, j);
      const margin = tolerance * measured;
      close = close || abs(distance - measured) <= margin;
      if (distance >= measured) continue;
      measured = distance;
      label = j;
    }
  }
  if (!close) return label;
  label = decide(i, row, first, limit);
  measured = squaredDistance(i, label);
  return label;
}
