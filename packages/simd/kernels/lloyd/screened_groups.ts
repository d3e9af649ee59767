// @ts-nocheck AssemblyScript
// Bounds of the distances of rows to groups of centroids from 8-bit integers.
import { multiplySubtract } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { boundOf, bounds, far, GROUP, home, members, near, NONE, placeOf, products } from "./group_state.ts";
import { minLane } from "./scores.ts";
import { boundProducts, weigh } from "./screen.ts";

/** Bounds the distances of rows to all groups; of each row, the group with the lowest bound is its home. */
export function boundGroups(list: usize, count: i32): void {
  for (let g = 0; g < f.groups; g++) {
    const column = bounds + (<usize> (g * f.chunk) << 2);
    const drift = load<f32>(f.groupDrift + (<usize> g << 2));
    const columns = boundScores(g, list, count);
    for (let q = 0; q < count; q++) {
      const i = load<i32>(list + (<usize> q << 2));
      const at = placeOf(i);
      const score = load<f32>(products + <usize> (q * columns) * 4);
      store<f32>(column + at, boundOf(i, score, drift));
      if (load<i32>(home + at) !== NONE && !(score < load<f32>(near + at))) continue;
      store<f32>(near + at, score);
      store<i32>(home + at, g);
    }
  }
  weigh(count * f.groups, 0);
}

/** Keeps the listed members of a group that its bounds by integers do not rule out; returns their number. */
export function screenNear(g: i32, count: i32): i32 {
  if (f.voidBounds) weigh(0, count);
  if (f.voidBounds || !f.screens || count === 0) return count;
  const column = bounds + (<usize> (g * f.chunk) << 2);
  const drift = load<f32>(f.groupDrift + (<usize> g << 2));
  const columns = boundScores(g, members, count);
  let left = 0;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(members + (<usize> q << 2));
    const at = placeOf(i);
    const bound = boundOf(i, load<f32>(products + <usize> (q * columns) * 4), drift);
    if (bound > load<f32>(near + at) + drift) {
      store<f32>(column + at, bound);
      store<f32>(far + at, min(load<f32>(far + at), bound - drift));
    } else {
      store<i32>(members + (<usize> left << 2), i);
      left++;
    }
  }
  weigh(count, left);
  return left;
}

/**
 * Bounds the scores of rows and the centroids of a group from below, the lowest of each row in the first of
 * its columns; returns the number of these.
 */
function boundScores(g: i32, list: usize, count: i32): i32 {
  const columns = min(f.width - g * GROUP, GROUP);
  const bytes = <usize> columns << 2;
  boundProducts(f.screened, list, count, g, products, bytes);
  const bias = f.bias + <usize> g * 48;
  const two = f32x4.splat(2);
  for (let row = products; row < products + <usize> count * bytes; row += bytes) {
    let lowest = multiplySubtract(two, v128.load(row), v128.load(bias));
    for (let c: usize = 16; c < bytes; c += 16) {
      lowest = f32x4.pmin(lowest, multiplySubtract(two, v128.load(row + c), v128.load(bias + c)));
    }
    store<f32>(row, minLane(lowest));
  }
  return columns;
}
