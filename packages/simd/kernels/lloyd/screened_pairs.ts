// @ts-nocheck AssemblyScript
// Bounds of pairs of a row and a centroid from 8-bit integers, for rows that bounds of earlier steps leave
// near to many centroids.
import { multiplySubtract } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { keepHamerlyBound, relabel } from "./labels.ts";
import { formerOf, HUGE, lowestOfOthers, OWN_PATH, OWN_PRODUCT, reachOf, settleNear, TWO } from "./pairs.ts";
import { RADIUS, recordOf, tailOf } from "./records.ts";
import { FAR, minLane } from "./scores.ts";
import { boundColumns, weigh, widthOfBound } from "./screen.ts";

/**
 * Bounds the products of the rows in a list by those of integers, and labels those that few centroids may
 * be nearest to; leaves the others in the list, and returns their number.
 *
 * @param products Room for products of the rows with all centroids.
 * @param scratch Two numbers per centroid.
 */
export function settleByScreen(
  partition: i32,
  list: usize,
  count: i32,
  products: usize,
  scratch: usize,
): i32 {
  const bytes = <usize> f.width << 2;
  const scores = scratch + bytes;
  boundColumns(list, count, products);
  const far = f32x4.splat(FAR);
  for (let c: usize = 0; c < bytes; c += 16) v128.store(scores + c, far);
  let left = 0;
  for (let q: usize = 0; q < <usize> count; q++) {
    const i = load<i32>(list + (q << 2));
    store<i32>(list + (<usize> left << 2), i);
    left += <i32> !settleScreened(partition, i, products + q * bytes, scratch, scores);
  }
  weigh(count, left);
  return left;
}

/** Labels row i by bounds of its products; returns false if many centroids may be nearest. */
export function settleScreened(
  partition: i32,
  i: i32,
  products: usize,
  nearby: usize,
  scores: usize,
): bool {
  const record = recordOf(i);
  const tail = tailOf(record);
  const error = f.slope * load<f32>(tail, RADIUS) + f.offset;
  if (!(error < HUGE)) return false;
  const reach = reachOf(tail);
  const label = lowerBounds(i, record, reach, products);
  const own = <usize> label << 2;
  store<f32>(record + own, -FAR);
  const least = load<f32>(products + own) - widthOfBound(i, label);
  const near = load<f32>(f.bias + own) - TWO * least + error;
  const others = lowestOfOthers(record, reach, near) - error;
  if (!(others > near)) return settleNear(partition, i, label, error, nearby, scores);
  store<f32>(tail, least, OWN_PRODUCT);
  store<f32>(tail, load<f32>(f.paths + own), OWN_PATH);
  keepHamerlyBound(i, label, near, others, tail);
  relabel(partition, i, formerOf(i), label);
  return true;
}

/** Lowers the bounds of a record; returns the centroid whose bound of the score is the lowest. */
export function lowerBounds(i: i32, record: usize, reach: f32, products: usize): i32 {
  // The product with the own centroid is kept elsewhere.
  if (f.voidBounds !== 2) {
    store<f32>(record + (<usize> load<i32>(f.labels + (<usize> i << 2)) << 2), FAR);
  }
  const r = f32x4.splat(reach);
  const two = f32x4.splat(2);
  let lowest = f32x4.splat(FAR);
  let places = i32x4.splat(0);
  for (let c: usize = 0; c < <usize> f.width << 2; c += 16) {
    const product = v128.load(products + c);
    let bound = multiplySubtract(r, v128.load(f.paths + c), product);
    if (f.voidBounds !== 2) bound = f32x4.pmin(bound, v128.load(record + c));
    v128.store(record + c, bound);
    const score = multiplySubtract(two, product, v128.load(f.bias + c));
    const lower = f32x4.lt(score, lowest);
    lowest = v128.bitselect(score, lowest, lower);
    places = v128.bitselect(i32x4.splat(<i32> (c >> 2)), places, lower);
  }
  const lanes = i32x4.add(places, i32x4(0, 1, 2, 3));
  const lead = ctz(i32x4.bitmask(f32x4.eq(lowest, f32x4.splat(minLane(lowest)))) | 8);
  if (lead === 0) return i32x4.extract_lane(lanes, 0);
  if (lead === 1) return i32x4.extract_lane(lanes, 1);
  return lead === 2 ? i32x4.extract_lane(lanes, 2) : i32x4.extract_lane(lanes, 3);
}
