// @ts-nocheck AssemblyScript
// One assignment of all rows. Rows pass three sieves, each dearer and finer than the one before:
// 1. `leeway`: how far centroids may travel before the label is in doubt (Hamerly's bound);
//    Where centroids are many, the one rival or the few neighbours that could win are measured next;
// 2. scores in the basis plus residual products of an earlier step, with Cauchy-Schwarz on how far
//    residual centroids strayed since;
// 3. scores from the data in float32, and float64 wherever their rounding leaves a doubt.
import { nextBlock } from "../shared/job.ts";
import { doubtsOfFour } from "./confirm_four.ts";
import * as f from "./frame.ts";
import { setSink, touchData, touchRecords } from "./touch.ts";
import { contest, duels, forgetRival, setContenders } from "./contests.ts";
import { changes, countChanges, keepLeeway, relabel } from "./labels.ts";
import { visitNeighbors } from "./neighbors.ts";
import { multiplySubtract } from "../shared/vector.ts";
import { dataProducts, denseProducts } from "./products.ts";
import {
  FAR,
  lower,
  minLane,
  nearestAndResiduals,
  nearestOfProducts,
  upper,
} from "./scores.ts";

const TWO: f32 = 2;

export function assign(thread: i32, args: usize): void {
  f.loadFrame(args);
  const scratch = f.scratch + <usize> thread * <usize> f.scratchBytes;
  setContenders(scratch + <usize> f.scratchBytes - (<usize> f.width << 3) - 64);
  setSink(scratch + <usize> f.scratchBytes - 64);
  for (let p = nextBlock(); p < f.partitions; p = nextBlock()) {
    const end = min((p + 1) * f.partitionRows, f.n);
    countChanges();
    for (let start = p * f.partitionRows; start < end; start += f.chunk) {
      assignChunk(p, start, min(start + f.chunk, end), scratch);
    }
    store<i32>(f.changed + (<usize> p << 2), changes);
  }
}

export function assignChunk(partition: i32, start: i32, end: i32, scratch: usize): void {
  const listBytes = <usize> f.chunk << 2;
  const list = scratch;
  const doubtful = scratch + listBytes;
  const sketched = scratch + 2 * listBytes;
  const products = sketched + listBytes * <usize> f.width;
  let count = f.doubt ? listAll(start, end, list) : listDoubtful(start, end, list);
  if (f.pairwise && !f.doubt) count = duels(partition, list, count);
  if (f.pairwise && f.doubt < 2) count = visitNeighbors(partition, list, count);
  if (count === 0) return;
  if (f.sketchSize === 0) {
    dataProducts(list, count, f.panels, f.width, products);
    settle(partition, list, 0, count, products);
    return;
  }
  touchRecords(list, count);
  if (f.doubt === 2) memory.copy(doubtful, list, <usize> count << 2);
  else if (f.width === 12) count = siftFours(list, count, doubtful);
  else {
    sketchProducts(list, count, sketched);
    count = sift(partition, list, count, sketched, doubtful);
  }
  if (count === 0) return;
  touchData(doubtful, count);
  sketchProducts(doubtful, count, sketched);
  dataProducts(doubtful, count, f.panels, f.width, products);
  settle(partition, doubtful, sketched, count, products);
}

function sketchProducts(list: usize, count: i32, out: usize): void {
  const panels = f.sketchPanels;
  denseProducts(f.records, f.recordBytes, f.sketchSize, list, count, panels, f.width, out);
}

/** As `sift`, for 9 to 12 centroids. */
export function siftFours(list: usize, count: i32, doubtful: usize): i32 {
  const first = doubtful;
  // Fill up to four with the last row: to confirm it twice does no harm.
  const last = load<i32>(list + (<usize> (count - 1) << 2));
  for (let q = count; q & 3; q++) store<i32>(list + (<usize> q << 2), last);
  for (let q = 0; q < count; q += 4) {
    let mask = doubtsOfFour(list) & (15 >> max(q + 4 - count, 0));
    while (mask) {
      store<i32>(doubtful, load<i32>(list + (<usize> ctz(mask) << 2)));
      doubtful += 4;
      mask &= mask - 1;
    }
    list += 16;
  }
  return <i32> (doubtful - first) >> 2;
}

function listAll(start: i32, end: i32, list: usize): i32 {
  for (let i = start; i < end; i++, list += 4) store<i32>(list, i);
  return end - start;
}

export function listDoubtful(start: i32, end: i32, list: usize): i32 {
  const first = list;
  const farthest = f32x4.splat(f.farthest);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    // Rows with more leeway than any cluster has used up need no look at their label. Comparisons
    // are such that a leeway that is not a number leaves the row in doubt.
    const safe = f32x4.gt(v128.load(f.leeway + (<usize> i << 2)), farthest);
    if (i32x4.all_true(safe)) continue;
    list = listIfDoubtful(i, list);
    list = listIfDoubtful(i + 1, list);
    list = listIfDoubtful(i + 2, list);
    list = listIfDoubtful(i + 3, list);
  }
  for (; i < end; i++) list = listIfDoubtful(i, list);
  return <i32> (list - first) >> 2;
}

// @ts-ignore: decorator
@inline
function listIfDoubtful(i: i32, list: usize): usize {
  const at = <usize> i << 2;
  const label = <usize> load<i32>(f.labels + at) << 2;
  store<i32>(list, i);
  return list + (<usize> !(load<f32>(f.leeway + at) > load<f32>(f.travelled + label)) << 2);
}

/** Keeps the rows whose label neither the bounds in the basis nor a contest of a few can settle. */
export function sift(
  partition: i32,
  list: usize,
  count: i32,
  sketched: usize,
  doubtful: usize,
): i32 {
  const first = doubtful;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    store<i32>(doubtful, i);
    const products = sketched + <usize> (q * f.width) * 4;
    const settled = confirm(i, products) || (f.pairwise && contest(partition, i, products));
    const keep = <usize> !settled;
    doubtful += keep << 2;
  }
  return <i32> (doubtful - first) >> 2;
}

/** Whether the label of row i certainly stands; if so its leeway is measured anew. */
export function confirm(i: i32, products: usize): bool {
  const columns = <usize> f.width << 2;
  const kept = f.recordOf(i) + (<usize> f.sketchSize << 2);
  const tail = f.tailOf(f.recordOf(i));
  const label = load<i32>(f.labels + (<usize> i << 2));
  const strays = f.strays + <usize> load<i32>(tail, f.REFERENCE) * columns;
  const reach = TWO * load<f32>(tail);
  const error = f.slope * load<f32>(tail, f.RADIUS) + f.offset;
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
    const low = multiplySubtract(r, v128.load(strays + c), score);
    lowest = f32x4.pmin(lowest, v128.bitselect(lowest, low, i32x4.eq(lane, own)));
    lane = i32x4.add(lane, step);
  }
  const l = <usize> label << 2;
  const product = load<f32>(products + l) + load<f32>(kept + l);
  const score = load<f32>(bias + l) - TWO * product;
  const near = score + reach * load<f32>(strays + l) + error;
  const far = minLane(lowest) - error;
  if (!(far > near)) return false;
  keepLeeway(i, label, near, far, tail);
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
    const tail = f.tailOf(f.recordOf(i));
    const radius = load<f32>(tail, f.RADIUS);
    let label: i32;
    if (sketched) {
      const kept = f.recordOf(i) + (<usize> f.sketchSize << 2);
      label = nearestAndResiduals(i, row, radius, sketched + <usize> q * columns, kept);
      store<i32>(tail, f.now, f.REFERENCE);
    } else label = nearestOfProducts(i, row, radius);
    keepLeeway(i, label, upper, lower, tail);
    if (f.pairwise) forgetRival(i);
    relabel(partition, i, f.fresh ? -1 : load<i32>(f.labels + (<usize> i << 2)), label);
  }
}
