// @ts-nocheck AssemblyScript
// One assignment of all rows. Rows pass three filters, each more expensive and tighter than the last
// (README.md names the bounds):
// 1. Hamerly's bound: the drift of centroids up to which the label is certain;
// 2. scores in the basis plus residual products of an earlier step, with Cauchy-Schwarz on the drift
//    of residual centroids since;
// 3. scores from the data in float32, and in float64 wherever their rounding leaves the label
//    undecided.
import { blockStart, leavesBlock, nextBlock } from "../shared/job.ts";
import { undecidedOfFour } from "../generated/sketch_filter.ts";
import * as f from "../generated/lloyd_structures.ts";
import { listRows, RADIUS, recordOf, REFERENCE, tailOf } from "./records.ts";
import { setSink, touchData, touchRecords } from "./touch.ts";
import { changes, countChanges, keepHamerlyBound, relabel } from "./labels.ts";
import { multiplySubtract } from "../shared/vector.ts";
import { assignInGroups } from "./groups.ts";
import { settleByMoves } from "./moved_pairs.ts";
import { keepNearest, keepProducts, settleByPairs } from "./pairs.ts";
import { settleByScreen } from "./screened_pairs.ts";
import { tiledProducts } from "./tiles.ts";
import { assignNarrow } from "./narrow.ts";
import { assignOnce } from "./once.ts";
import { RANKED, settleRanked } from "./ranked.ts";
import { balance, countSaved } from "./screen.ts";
import { dataProducts, denseProducts } from "./products.ts";
import {
  FAR,
  keepResiduals,
  lower,
  minLane,
  nearestOfProducts,
  upper,
} from "./scores.ts";

const TWO: f32 = 2;
/** Number of products of a row and a centroid after which a thread looks whether it is to leave. */
const PRODUCTS_AT_ONCE: i32 = 1 << 19;

export function assign(thread: i32, args: usize): void {
  f.loadAssign(args);
  const scratch = f.scratch + <usize> thread * <usize> f.scratchBytes;
  setSink(scratch + <usize> f.scratchBytes - 64);
  const stretch = max(1, PRODUCTS_AT_ONCE / (f.k * f.d) / f.chunk) * f.chunk;
  for (let p = nextBlock(thread); p < f.partitions; p = nextBlock(thread)) {
    const first = p * f.partitionRows;
    const end = min(first + f.partitionRows, f.n);
    const begin = blockStart(thread, p, first);
    if (begin === first) {
      countChanges();
      countSaved();
      if (f.partialInertia) store<f64>(f.partialInertia + (<usize> p << 3), 0);
    }
    let start = begin;
    while (start < end) {
      // Not at its beginning: a thread that comes back is to do something.
      if (start > begin && leavesBlock(thread, p, start)) return;
      const stop = min(start + stretch, end);
      for (; start < stop; start += f.chunk) {
        assignChunk(p, start, min(start + f.chunk, stop), scratch);
      }
    }
    store<i32>(f.changed + (<usize> p << 2), changes);
    store<i32>(f.screenBalance + (<usize> p << 2), balance);
  }
}

/** Assigns the rows of a partition, of which there are few, at once; returns how many labels changed. */
export function assignRows(p: i32, start: i32, end: i32, scratch: usize): i32 {
  countChanges();
  for (; start < end; start += f.chunk) assignChunk(p, start, min(start + f.chunk, end), scratch);
  return changes;
}

export function assignChunk(partition: i32, start: i32, end: i32, scratch: usize): void {
  const list = scratch;
  if (f.splats) return assignSplats(partition, start, end, list);
  if (!f.hamerlyBound) return assignOnce(partition, start, end, list);
  const listBytes = <usize> f.chunk << 2;
  const undecided = scratch + listBytes;
  const sketched = scratch + 2 * listBytes;
  const products = sketched + listBytes * <usize> f.width;
  let count = f.voidBounds ? listRows(start, end, list) : listUndecided(start, end, list);
  if (count === 0) return;
  if (f.groups) return assignInGroups(partition, start, end, list, count);
  if (f.paths) return assignByPairs(partition, list, count, undecided, sketched);
  if (f.sketchSize === 0) {
    if (f.dense && f.d <= RANKED) {
      count = settleRanked(partition, list, count, sketched);
      if (count === 0) return;
    }
    dataProducts(list, count, f.panels, f.width, products);
    settle(partition, list, 0, count, products);
    return;
  }
  touchRecords(list, count);
  if (f.voidBounds === 2) memory.copy(undecided, list, <usize> count << 2);
  else if (f.width <= 12) count = filterFoursBySketch(list, count, undecided);
  else {
    sketchProducts(list, count, sketched);
    count = filterBySketch(list, count, sketched, undecided);
  }
  if (count === 0) return;
  touchData(undecided, count);
  sketchProducts(undecided, count, sketched);
  dataProducts(undecided, count, f.panels, f.width, products);
  settle(partition, undecided, sketched, count, products);
}

/** Assigns rows with a bound for each centroid. */
function assignByPairs(
  partition: i32,
  list: usize,
  count: i32,
  undecided: usize,
  products: usize,
): void {
  const scratch = products + (<usize> ((f.chunk + 4) * f.width) << 2);
  if (f.voidBounds === 2) memory.copy(undecided, list, <usize> count << 2);
  else {
    touchRecords(list, count);
    count = settleByPairs(partition, list, count, undecided, scratch);
  }
  if (count > 0 && f.screens) {
    count = f.moves < 0
      ? settleByScreen(partition, undecided, count, products, scratch)
      : settleByMoves(partition, undecided, count, products, scratch);
  }
  if (count === 0) return;
  tiledProducts(undecided, count, products, scratch);
  settle(partition, undecided, 0, count, products);
}

/** Assigns rows of few columns, whose scores cost less than bounds would. */
function assignSplats(partition: i32, start: i32, end: i32, list: usize): void {
  const count = f.voidBounds ? listRows(start, end, list) : listUndecided(start, end, list);
  if (count > 0) assignNarrow(partition, list, count, count === end - start);
}

function sketchProducts(list: usize, count: i32, out: usize): void {
  const panels = f.sketchPanels;
  denseProducts(f.records, f.recordBytes, f.sketchSize, list, count, panels, f.width, out);
}

/** Filters as {@link filterBySketch} does, for up to 12 centroids. */
export function filterFoursBySketch(list: usize, count: i32, undecided: usize): i32 {
  const first = undecided;
  // Filled up to four with the last row: confirming it twice does no harm.
  const last = load<i32>(list + (<usize> (count - 1) << 2));
  for (let q = count; q & 3; q++) store<i32>(list + (<usize> q << 2), last);
  for (let q = 0; q < count; q += 4) {
    let mask = undecidedOfFour(list) & (15 >> max(q + 4 - count, 0));
    while (mask) {
      store<i32>(undecided, load<i32>(list + (<usize> ctz(mask) << 2)));
      undecided += 4;
      mask &= mask - 1;
    }
    list += 16;
  }
  return <i32> (undecided - first) >> 2;
}

/** Lists the rows from `start` to `end` whose bound does not exceed the drift; returns their number. */
export function listUndecided(start: i32, end: i32, list: usize): i32 {
  const first = list;
  const largestDrift = f32x4.splat(f.largestDrift);
  let bound = f.hamerlyBound + (<usize> start << 2);
  let label = f.labels + (<usize> start << 2);
  let i = start;
  for (; i + 4 <= end; i += 4, bound += 16, label += 16) {
    const bounds = v128.load(bound);
    // Rows whose bound exceeds the drift of every cluster need no look at their label. Comparisons
    // are such that a bound that is not a number leaves the row undecided.
    if (i32x4.all_true(f32x4.gt(bounds, largestDrift))) continue;
    // Which of four rows are undecided is hard to predict, so all are stored.
    const mask = i32x4.bitmask(f32x4.gt(bounds, driftsOf(v128.load(label)))) ^ 15;
    store<i32>(list, i);
    list += (mask & 1) << 2;
    store<i32>(list, i + 1);
    list += (mask & 2) << 1;
    store<i32>(list, i + 2);
    list += mask & 4;
    store<i32>(list, i + 3);
    list += (mask & 8) >> 1;
  }
  for (; i < end; i++, bound += 4, label += 4) {
    const drift = load<f32>(f.totalDrift + (<usize> load<i32>(label) << 2));
    store<i32>(list, i);
    list += <usize> !(load<f32>(bound) > drift) << 2;
  }
  return <i32> (list - first) >> 2;
}

/** Returns the total drifts of four clusters. */
// @ts-ignore: decorator
@inline
function driftsOf(labels: v128): v128 {
  const places = i32x4.shl(labels, 2);
  const d = f.totalDrift;
  let drifts = v128.load32_zero(d + <usize> i32x4.extract_lane(places, 0));
  drifts = v128.load_lane<f32>(d + <usize> i32x4.extract_lane(places, 1), drifts, 1);
  drifts = v128.load_lane<f32>(d + <usize> i32x4.extract_lane(places, 2), drifts, 2);
  return v128.load_lane<f32>(d + <usize> i32x4.extract_lane(places, 3), drifts, 3);
}

/** Keeps the rows whose label the bounds in the basis do not decide. */
export function filterBySketch(
  list: usize,
  count: i32,
  sketched: usize,
  undecided: usize,
): i32 {
  const first = undecided;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    store<i32>(undecided, i);
    const products = sketched + <usize> (q * f.width) * 4;
    const keep = <usize> !confirm(i, products);
    undecided += keep << 2;
  }
  return <i32> (undecided - first) >> 2;
}

/** Returns true if the label of row i is certain, and then renews its bound. */
export function confirm(i: i32, products: usize): bool {
  const columns = <usize> f.width << 2;
  const kept = recordOf(i) + (<usize> f.sketchSize << 2);
  const tail = tailOf(recordOf(i));
  const label = load<i32>(f.labels + (<usize> i << 2));
  const residualDrifts = f.residualDrifts + <usize> load<i32>(tail, REFERENCE) * columns;
  const reach = TWO * load<f32>(tail);
  const error = f.slope * load<f32>(tail, RADIUS) + f.offset;
  const bias = f.bias;
  const r = f32x4.splat(reach);
  const two = f32x4.splat(2);
  const own = i32x4.splat(label);
  const step = i32x4.splat(4);
  let lane = i32x4(0, 1, 2, 3);
  let lowest = f32x4.splat(FAR);
  for (let c: usize = 0; c < columns; c += 16) {
    const product = f32x4.add(v128.load(products + c), v128.load(kept + c));
    const score = multiplySubtract(two, product, v128.load(bias + c));
    const low = multiplySubtract(r, v128.load(residualDrifts + c), score);
    lowest = f32x4.pmin(lowest, v128.bitselect(lowest, low, i32x4.eq(lane, own)));
    lane = i32x4.add(lane, step);
  }
  const l = <usize> label << 2;
  const product = load<f32>(products + l) + load<f32>(kept + l);
  const score = load<f32>(bias + l) - TWO * product;
  const near = score + reach * load<f32>(residualDrifts + l) + error;
  const far = minLane(lowest) - error;
  if (!(far > near)) return false;
  keepHamerlyBound(i, label, near, far, tail);
  return true;
}

/** Labels rows by their products with all centroids. */
export function settle(
  partition: i32,
  list: usize,
  sketched: usize,
  count: i32,
  products: usize,
): void {
  const columns = <usize> f.width << 2;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    const row = products + <usize> q * columns;
    const tail = tailOf(recordOf(i));
    const radius = load<f32>(tail, RADIUS);
    if (sketched) {
      const kept = recordOf(i) + (<usize> f.sketchSize << 2);
      keepResiduals(row, sketched + <usize> q * columns, kept);
      store<i32>(tail, f.now, REFERENCE);
    }
    if (f.paths) keepProducts(i, row);
    const label = nearestOfProducts(i, row, radius);
    if (f.paths) keepNearest(i, label, row);
    keepHamerlyBound(i, label, upper, lower, tail);
    relabel(partition, i, f.fresh ? -1 : load<i32>(f.labels + (<usize> i << 2)), label);
  }
}
