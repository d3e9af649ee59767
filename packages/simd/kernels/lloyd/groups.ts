// @ts-nocheck AssemblyScript
// Many centroids: groups of twelve, those of a panel, with a lower bound of the distance of each row to
// each group (Ding et al. 2015). A chunk of rows is multiplied by one panel after the other, for the rows
// whose bound does not rule its group out.
import * as f from "../generated/lloyd_structures.ts";
import { hamerlyRoom, keepHamerlyBound, relabel } from "./labels.ts";
import { dataProducts } from "./products.ts";
import { RADIUS, recordOf, SQUARE, tailOf } from "./records.ts";
import { FAR, lower, minLane, nearestOfProducts, upper } from "./scores.ts";
import { boundGroups, screenNear } from "./screened_groups.ts";
import {
  best,
  boundOf,
  bounds,
  distanceBelow,
  errorOf,
  far,
  first,
  GROUP,
  home,
  lead,
  members,
  near,
  NONE,
  placeChunk,
  placeOf,
  products,
  second,
  squareError,
} from "./group_state.ts";
import { multiplySubtract } from "../shared/vector.ts";

const UP: f32 = 1.000001;

/** Assigns the rows in a list, all of those from `start` to `end` that are undecided. */
export function assignInGroups(
  partition: i32,
  start: i32,
  end: i32,
  list: usize,
  count: i32,
): void {
  placeChunk(partition, start, list);
  begin(list, count);
  if (f.voidBounds && !f.screens) {
    for (let g = 0; g < f.groups; g++) measureGroup(g, list, count);
  } else {
    if (f.voidBounds) boundGroups(list, count);
    for (let g = 0; g < f.groups; g++) measureGroup(g, members, listHome(g, end - start));
    for (let q = 0; q < count; q++) keepNear(load<i32>(list + (<usize> q << 2)));
    for (let g = 0; g < f.groups; g++) measureGroup(g, members, screenNear(g, listNear(g, end - start)));
  }
  for (let q = 0; q < count; q++) settleInGroups(partition, load<i32>(list + (<usize> q << 2)));
}

function begin(list: usize, count: i32): void {
  const none = i32x4.splat(NONE);
  const most = f32x4.splat(FAR);
  const least = f32x4.splat(-FAR);
  for (let at: usize = 0; at < <usize> f.chunk << 2; at += 16) {
    v128.store(near + at, least);
    v128.store(home + at, none);
    v128.store(best + at, most);
    v128.store(lead + at, none);
    v128.store(second + at, most);
    v128.store(far + at, most);
  }
  if (f.voidBounds) return;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    store<i32>(home + placeOf(i), load<i32>(f.labels + (<usize> i << 2)) / GROUP);
  }
}

/** Lists the rows whose former label is in a group. */
function listHome(g: i32, rows: i32): i32 {
  const own = i32x4.splat(g);
  let to = members;
  for (let q = 0; q < rows; q += 4) {
    const mask = i32x4.bitmask(i32x4.eq(v128.load(home + (<usize> q << 2)), own));
    to = listMask(mask, q, to);
  }
  return <i32> (to - members) >> 2;
}

/** Lists the rows that a group may hold the nearest centroid of, other than those already measured. */
function listNear(g: i32, rows: i32): i32 {
  const own = i32x4.splat(g);
  const drift = f32x4.splat(load<f32>(f.groupDrift + (<usize> g << 2)));
  const most = f32x4.splat(FAR);
  const column = bounds + (<usize> (g * f.chunk) << 2);
  let to = members;
  for (let q = 0; q < rows; q += 4) {
    const at = <usize> q << 2;
    const reach = v128.load(near + at);
    const bound = v128.load(column + at);
    const ruledOut = f32x4.gt(bound, f32x4.add(reach, drift));
    const measured = i32x4.eq(v128.load(home + at), own);
    const apart = v128.bitselect(f32x4.sub(bound, drift), most, v128.andnot(ruledOut, measured));
    v128.store(far + at, f32x4.pmin(v128.load(far + at), apart));
    to = listMask(i32x4.bitmask(v128.or(ruledOut, measured)) ^ 15, q, to);
  }
  return <i32> (to - members) >> 2;
}

// @ts-ignore: decorator
@inline
function listMask(mask: i32, q: i32, to: usize): usize {
  while (mask) {
    store<i32>(to, first + q + ctz(mask));
    to += 4;
    mask &= mask - 1;
  }
  return to;
}

/** Measures the rows in a list against a group. */
export function measureGroup(g: i32, list: usize, count: i32): void {
  if (count === 0) return;
  const columns = min(f.width - g * GROUP, GROUP);
  const panel = f.panels + <usize> g * <usize> f.d * 48;
  dataProducts(list, count, panel, columns, products);
  mergeGroup(g, list, count, columns);
}

export function mergeGroup(g: i32, list: usize, count: i32, columns: i32): void {
  const column = bounds + (<usize> (g * f.chunk) << 2);
  const drift = load<f32>(f.groupDrift + (<usize> g << 2));
  const bias = f.bias + <usize> g * 48;
  const shift = f.shift + <usize> g * 48;
  const bytes = <usize> columns << 2;
  const most = f32x4.splat(FAR);
  const two = f32x4.splat(2);
  const b0 = v128.load(bias);
  const b1 = columns > 4 ? v128.load(bias, 16) : most;
  const b2 = columns > 8 ? v128.load(bias, 32) : most;
  const h0 = v128.load(shift);
  const h1 = columns > 4 ? v128.load(shift, 16) : most;
  const h2 = columns > 8 ? v128.load(shift, 32) : most;
  let row = products;
  for (let q = 0; q < count; q++, row += bytes) {
    const s0 = multiplySubtract(two, f32x4.sub(v128.load(row), h0), b0);
    const s1 = columns > 4 ? multiplySubtract(two, f32x4.sub(v128.load(row, 16), h1), b1) : most;
    const s2 = columns > 8 ? multiplySubtract(two, f32x4.sub(v128.load(row, 32), h2), b2) : most;
    const lowest = minLane(f32x4.pmin(s0, f32x4.pmin(s1, s2)));
    const i = load<i32>(list + (<usize> q << 2));
    const at = placeOf(i);
    const former = load<f32>(best + at);
    if (!(lowest < former)) {
      store<f32>(second + at, min(load<f32>(second + at), lowest));
      store<f32>(column + at, boundOf(i, lowest, drift));
      continue;
    }
    const l = f32x4.splat(lowest);
    const e0 = f32x4.eq(s0, l);
    const e1 = f32x4.eq(s1, l);
    const e2 = f32x4.eq(s2, l);
    const mask = i32x4.bitmask(e0) | i32x4.bitmask(e1) << 4 | i32x4.bitmask(e2) << 8;
    const rest = f32x4.pmin(
      v128.bitselect(most, s0, e0),
      f32x4.pmin(v128.bitselect(most, s1, e1), v128.bitselect(most, s2, e2)),
    );
    // Equally near centroids leave no gap, whichever leads.
    const next = mask & (mask - 1) ? lowest : minLane(rest);
    const before = load<i32>(lead + at);
    if (before !== NONE) {
      const group = before / GROUP;
      const was = load<f32>(f.groupDrift + (<usize> group << 2));
      store<f32>(bounds + (<usize> (group * f.chunk) << 2) + at, boundOf(i, former, was));
    }
    store<f32>(second + at, min(former, next));
    store<f32>(best + at, lowest);
    store<i32>(lead + at, g * GROUP + ctz(mask));
    store<f32>(column + at, boundOf(i, next, drift));
    keepNear(i);
  }
}

/** Stores an upper bound of the distance of row i to the centroid that leads. */
// @ts-ignore: decorator
@inline
function keepNear(i: i32): void {
  const tail = tailOf(recordOf(i));
  const error = errorOf(tail) + squareError(tail);
  const score = load<f32>(best + placeOf(i));
  store<f32>(near + placeOf(i), sqrt(max(load<f32>(tail, SQUARE) + score + error, 0)) * UP);
}

/** Labels row i by what was measured, or by all its products where rounding could decide. */
export function settleInGroups(partition: i32, i: i32): void {
  const at = placeOf(i);
  const tail = tailOf(recordOf(i));
  const former = f.fresh ? NONE : load<i32>(f.labels + (<usize> i << 2));
  const score = load<f32>(best + at);
  const gap = load<f32>(second + at) - score;
  const error = errorOf(tail);
  if (!(gap > error + error)) return relabel(partition, i, former, settleExactly(i, tail));
  const label = load<i32>(lead + at);
  keepNear(i);
  const apart = min(load<f32>(far + at), distanceBelow(i, load<f32>(second + at)));
  const room = hamerlyRoom(label, apart - load<f32>(near + at));
  store<f32>(f.hamerlyBound + (<usize> i << 2), room);
  relabel(partition, i, former, label);
}

/** Returns the nearest centroid of row i by its products with all centroids, and renews its bounds. */
export function settleExactly(i: i32, tail: usize): i32 {
  store<i32>(members, i);
  dataProducts(members, 1, f.panels, f.width, products);
  const label = nearestOfProducts(i, products, load<f32>(tail, RADIUS));
  store<f32>(products + (<usize> label << 2), FAR);
  for (let g = 0; g < f.groups; g++) {
    let lowest: f32 = FAR;
    for (let j = g * GROUP; j < min((g + 1) * GROUP, f.k); j++) {
      lowest = min(lowest, load<f32>(products + (<usize> j << 2)));
    }
    const bound = boundOf(i, lowest, load<f32>(f.groupDrift + (<usize> g << 2)));
    store<f32>(bounds + (<usize> (g * f.chunk) << 2) + placeOf(i), bound);
  }
  keepHamerlyBound(i, label, upper, lower, tail);
  return label;
}
