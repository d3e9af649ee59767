// @ts-nocheck AssemblyScript
// Bounds of pairs of a row and a centroid to which products of the row and the last move of the centroid are
// added: 8-bit integers of moves, which are short, are wrong by less than those of centroids, and centroids that
// stand still need none.
import { multiplyAdd, multiplySubtract } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { keepHamerlyBound } from "./labels.ts";
import { HUGE, OWN_PATH, OWN_PRODUCT, reachOf, settleNear, TWO } from "./pairs.ts";
import { RADIUS, recordOf, tailOf } from "./records.ts";
import { FAR, minLane } from "./scores.ts";
import { boundColumns, screenedColumns, weigh, widthOfBound } from "./screen.ts";

/** Share of the length of a move, as integers know it, by which the path of the centroid has become longer at least. */
const MOVED: f32 = 0.998;

/**
 * Adds products with moves to the bounds of the rows in a list, and labels those that few centroids may be
 * nearest to; leaves the others in the list, and returns their number.
 *
 * @param products Room for products of the rows with all centroids.
 * @param scratch Three numbers per centroid.
 */
export function settleByMoves(
  partition: i32,
  list: usize,
  count: i32,
  products: usize,
  scratch: usize,
): i32 {
  const bytes = <usize> f.width << 2;
  const scores = scratch + bytes;
  const changes = scores + bytes;
  const stride = <usize> screenedColumns() << 2;
  boundColumns(list, count, products);
  const far = f32x4.splat(FAR);
  for (let c: usize = 0; c < bytes; c += 16) {
    v128.store(scores + c, far);
    v128.store(changes + c, f32x4.splat(0));
  }
  let left = 0;
  for (let q: usize = 0; q < <usize> count; q++) {
    const i = load<i32>(list + (q << 2));
    store<i32>(list + (<usize> left << 2), i);
    left += <i32> !settleMoved(partition, i, products + q * stride, changes, scratch, scores);
  }
  weigh(count, left);
  return left;
}

/** Labels row i by bounds to which products with moves are added; returns false if many centroids may be nearest. */
export function settleMoved(
  partition: i32,
  i: i32,
  products: usize,
  changes: usize,
  nearby: usize,
  scores: usize,
): bool {
  const record = recordOf(i);
  const tail = tailOf(record);
  const error = f.slope * load<f32>(tail, RADIUS) + f.offset;
  if (!(error < HUGE)) return false;
  const reach = reachOf(tail);
  const rounding = f.moveRounding * reach;
  const label = load<i32>(f.labels + (<usize> i << 2));
  const own = <usize> label << 2;
  const column = load<i32>(f.moveColumns + own);
  let least = load<f32>(tail, OWN_PRODUCT) - reach * (load<f32>(f.paths + own) - load<f32>(tail, OWN_PATH));
  if (column >= 0) {
    const at = <usize> column << 2;
    const back = reach * MOVED * load<f32>(f.screenLengths + at);
    const change = load<f32>(products + at) - widthOfBound(i, column) - TWO * rounding;
    least += max(back + change, 0);
  }
  changesOf(products, reach, rounding);
  if (f.moves < f.k) spread(products, changes);
  const others = addChanges(record, f.moves < f.k ? changes : products, reach) - error;
  const near = load<f32>(f.bias + own) - TWO * least + error;
  if (!(others > near)) return settleNear(partition, i, label, error, nearby, scores);
  store<f32>(tail, least, OWN_PRODUCT);
  store<f32>(tail, load<f32>(f.paths + own), OWN_PATH);
  keepHamerlyBound(i, label, near, others, tail);
  return true;
}

/** Turns bounds of products with moves into changes of the bounds that records keep, paths aside. */
// @ts-ignore: decorator
@inline
function changesOf(products: usize, reach: f32, rounding: f32): void {
  const moved = f32x4.splat(reach * MOVED);
  const lost = f32x4.splat(rounding);
  const columns = <usize> screenedColumns() << 2;
  for (let c: usize = 0; c < columns; c += 16) {
    const product = f32x4.add(v128.load(products + c), lost);
    v128.store(products + c, multiplySubtract(moved, v128.load(f.screenLengths + c), product));
  }
}

/** Copies the changes of moved centroids to their places among all centroids. */
// @ts-ignore: decorator
@inline
function spread(products: usize, changes: usize): void {
  for (let c: usize = 0; c < <usize> f.moves << 2; c += 4) {
    store<f32>(changes + (<usize> load<i32>(f.movedCentroids + c) << 2), load<f32>(products + c));
  }
}

/** Adds changes to the bounds of a record; returns the lowest bound of the scores of all centroids but the own one. */
export function addChanges(record: usize, changes: usize, reach: f32): f32 {
  const r = f32x4.splat(reach);
  const two = f32x4.splat(2);
  let lowest = f32x4.splat(FAR);
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const bound = f32x4.add(v128.load(record + c), v128.load(changes + c));
    v128.store(record + c, bound);
    const product = multiplyAdd(r, v128.load(f.paths + c), bound);
    lowest = f32x4.pmin(lowest, multiplySubtract(two, product, v128.load(f.bias + c)));
  }
  return minLane(lowest);
}
