// @ts-nocheck AssemblyScript
// One assignment of all rows. Rows pass three sieves, each dearer and finer than the one before:
// 1. `leeway`: how far centroids may travel before the label is in doubt (Hamerly's bound);
// 2. scores in the basis plus residual products of an earlier step, with Cauchy-Schwarz on how far
//    residual centroids strayed since;
// 3. scores from the data in float32, and float64 wherever their rounding leaves a doubt.
import { nextBlock } from "../shared/job.ts";
import * as f from "./frame.ts";
import { multiplySubtract } from "../shared/vector.ts";
import { dataProducts, denseProducts } from "./products.ts";
import { moveRow } from "./row_sums.ts";
import { FAR, lower, minLane, nearest, toScores, upper } from "./scores.ts";

/** Shrinks what was computed in float32 below what is true. */
const DOWN: f32 = 0.999999;
const UP: f32 = 1.000001;
const TWO: f32 = 2;

/** Keeps the reads of `touch` from being optimized away. */
export let touched: i32 = 0;

export function assign(thread: i32, args: usize): void {
  f.loadFrame(args);
  const scratch = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let p = nextBlock(); p < f.partitions; p = nextBlock()) {
    const end = min((p + 1) * f.partitionRows, f.n);
    let changed = 0;
    for (let start = p * f.partitionRows; start < end; start += f.chunk) {
      changed += assignChunk(p, start, min(start + f.chunk, end), scratch);
    }
    store<i32>(f.changed + (<usize> p << 2), changed);
  }
}

export function assignChunk(partition: i32, start: i32, end: i32, scratch: usize): i32 {
  const listBytes = <usize> f.chunk << 2;
  const list = scratch;
  const doubtful = scratch + listBytes;
  const places = scratch + 2 * listBytes;
  const sketched = scratch + 3 * listBytes;
  const products = sketched + listBytes * <usize> f.width;
  let count = f.doubt ? listAll(start, end, list) : listDoubtful(start, end, list);
  if (count === 0) return 0;
  if (f.sketchSize === 0) {
    dataProducts(list, count, f.panels, f.width, products);
    return settle(partition, list, 0, 0, count, products);
  }
  touch(list, count);
  denseProducts(
    f.records,
    f.recordBytes,
    f.sketchSize,
    list,
    count,
    f.sketchPanels,
    f.width,
    sketched,
  );
  count = f.doubt === 2
    ? passAll(list, count, doubtful, places)
    : sift(list, count, sketched, doubtful, places);
  if (count === 0) return 0;
  dataProducts(doubtful, count, f.panels, f.width, products);
  return settle(partition, doubtful, places, sketched, count, products);
}

function listAll(start: i32, end: i32, list: usize): i32 {
  for (let i = start; i < end; i++, list += 4) store<i32>(list, i);
  return end - start;
}

export function listDoubtful(start: i32, end: i32, list: usize): i32 {
  const first = list;
  const labels = f.labels;
  const leeway = f.leeway;
  const travelled = f.travelled;
  for (let i = start; i < end; i++) {
    const at = <usize> i << 2;
    store<i32>(list, i);
    const label = <usize> load<i32>(labels + at) << 2;
    // Written so that a leeway that is not a number leaves the row in doubt.
    list += <usize> !(load<f32>(leeway + at) > load<f32>(travelled + label)) << 2;
  }
  return <i32> (list - first) >> 2;
}

/**
 * Reads a word of each cache line of the listed records. The rows in doubt are scattered, so their
 * records are not in the cache; asked for in a row, with nothing waiting for the answers, they come
 * many at a time instead of one by one.
 */
export function touch(list: usize, count: i32): void {
  let any: i32 = 0;
  for (let q = 0; q < count; q++) {
    const record = f.recordOf(load<i32>(list + (<usize> q << 2)));
    for (let at: usize = 0; at < <usize> f.recordBytes; at += 64) any |= load<i32>(record + at);
  }
  touched = any;
}

function passAll(list: usize, count: i32, doubtful: usize, places: usize): i32 {
  memory.copy(doubtful, list, <usize> count << 2);
  return listAll(0, count, places);
}

/** Keeps the rows whose label the bounds in the basis cannot confirm. */
export function sift(
  list: usize,
  count: i32,
  sketched: usize,
  doubtful: usize,
  places: usize,
): i32 {
  const first = doubtful;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    store<i32>(doubtful, i);
    store<i32>(places, q);
    const keep = <usize> !confirm(i, sketched + <usize> (q * f.width) * 4);
    doubtful += keep << 2;
    places += keep << 2;
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

/** From scores (squared distance less |x|²) of the own centroid and of the nearest other one. */
function keepLeeway(i: i32, label: i32, upper: f32, lower: f32, tail: usize): void {
  const square = load<f32>(tail, f.SQUARE);
  const radius = load<f32>(tail, f.RADIUS);
  const error = f.squareSlope * radius * radius;
  const near = sqrt(max(square + upper + error, 0)) * UP;
  const far = sqrt(max(square + lower - error, 0)) * DOWN;
  const room = load<f32>(f.travelled + (<usize> label << 2)) + (far - near);
  store<f32>(f.leeway + (<usize> i << 2), room * (room > 0 ? DOWN : UP));
}

/** Labels rows by their products with all centroids. Returns how many labels are new. */
export function settle(
  partition: i32,
  list: usize,
  places: usize,
  sketched: usize,
  count: i32,
  products: usize,
): i32 {
  const columns = <usize> f.width << 2;
  let changed = 0;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    const row = products + <usize> q * columns;
    if (places) {
      const place = <usize> load<i32>(places + (<usize> q << 2));
      keepResiduals(i, row, sketched + place * columns);
    }
    toScores(row);
    const tail = f.tailOf(f.recordOf(i));
    const label = nearest(i, row, load<f32>(tail, f.RADIUS));
    keepLeeway(i, label, upper, lower, tail);
    const at = <usize> i << 2;
    const former = f.fresh ? -1 : load<i32>(f.labels + at);
    if (label === former) continue;
    changed++;
    store<i32>(f.labels + at, label);
    move(partition, i, former, label);
  }
  return changed;
}

/** Keeps the products less those in the basis. */
function keepResiduals(i: i32, row: usize, sketched: usize): void {
  const columns = <usize> f.width << 2;
  const kept = f.recordOf(i) + (<usize> f.sketchSize << 2);
  for (let c: usize = 0; c < columns; c += 16) {
    const product = f32x4.sub(v128.load(row + c), v128.load(f.shift + c));
    v128.store(kept + c, f32x4.sub(product, v128.load(sketched + c)));
  }
  store<i32>(f.tailOf(f.recordOf(i)), f.now, f.REFERENCE);
}

function move(partition: i32, i: i32, from: i32, to: i32): void {
  const weight: f64 = f.weights ? load<f64>(f.weights + (<usize> i << 3)) : 1;
  const first = partition * f.k;
  moveRow(i, from, to, weight, f.partialSums + <usize> first * (<usize> f.d << 3));
  count(first + to, 1, weight);
  if (from >= 0) count(first + from, -1, -weight);
}

function count(cluster: i32, rows: i32, weight: f64): void {
  const at = <usize> cluster << 2;
  store<i32>(f.members + at, load<i32>(f.members + at) + rows);
  store<i32>(f.dirty + at, 1);
  const counter = f.partialCounts + (<usize> cluster << 3);
  store<f64>(counter, load<f64>(counter) + weight);
}
