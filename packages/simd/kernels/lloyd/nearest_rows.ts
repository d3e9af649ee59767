// @ts-nocheck AssemblyScript
// The nearest centroid of each of up to 64 rows, whose radii are known.
import * as f from "../generated/lloyd_structures.ts";
import { dataProducts } from "./products.ts";
import { quantisedScores } from "./quantised.ts";
import { nearestOfProducts, nearestByScores, UNDECIDED } from "./scores.ts";

/** Largest number of rows. */
export const ROWS: i32 = 64;
/** Bytes of each of two lists of rows, which lie behind their products. */
const LIST: usize = 256;

/** Writes the nearest centroid of each row in a list to `labels`. */
export function labelNearest(list: usize, count: i32, labels: usize, products: usize): void {
  if (f.quantised) return labelQuantised(list, count, labels, products);
  dataProducts(list, count, f.panels, f.width, products);
  for (let q = 0; q < count; q++) {
    const at = <usize> q << 2;
    const label = nearestOfProducts(load<i32>(list + at), productsOf(q, products), radiusOf(list + at));
    store<i32>(labels + at, label);
  }
}

/** Labels rows by scores from integers, and those that these leave undecided by float32 ones. */
export function labelQuantised(list: usize, count: i32, labels: usize, products: usize): void {
  const rest = products + (<usize> (ROWS * f.width) << 2);
  const places = rest + LIST;
  quantisedScores(list, count, products, places + LIST);
  let left = 0;
  for (let q = 0; q < count; q++) {
    const at = <usize> q << 2;
    const i = load<i32>(list + at);
    const label = nearestByScores(i, productsOf(q, products), radiusOf(list + at));
    store<i32>(labels + at, label);
    store<i32>(rest + (<usize> left << 2), i);
    store<i32>(places + (<usize> left << 2), q);
    left += <i32> (label === UNDECIDED);
  }
  if (left === 0) return;
  dataProducts(rest, left, f.panels, f.width, products);
  for (let q = 0; q < left; q++) {
    const at = rest + (<usize> q << 2);
    const label = nearestOfProducts(load<i32>(at), productsOf(q, products), radiusOf(at));
    store<i32>(labels + (<usize> load<i32>(places + (<usize> q << 2)) << 2), label);
  }
}

// @ts-ignore: decorator
@inline
function productsOf(q: i32, products: usize): usize {
  return products + (<usize> (q * f.width) << 2);
}

// @ts-ignore: decorator
@inline
function radiusOf(at: usize): f32 {
  return load<f32>(f.radii + (<usize> load<i32>(at) << 2));
}
