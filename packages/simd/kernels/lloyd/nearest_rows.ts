// @ts-nocheck AssemblyScript
// The nearest centroid of each of up to 64 rows, whose radii are known. Rows that integers leave undecided go
// from those of 8 bits to those of 16, and on to float32; where centroids have but the first form, to float64.
import * as f from "../generated/lloyd_structures.ts";
import { squaredDistance } from "./distances.ts";
import { nearestOf } from "./rows.ts";
import { keepGuesses, settleByGuesses } from "./guesses.ts";
import { dataProducts } from "./products.ts";
import { quantisedScores } from "./quantised.ts";
import { nearestOfProducts, nearestByScores, UNDECIDED } from "./scores.ts";
import { measured, nearestByBounds, screenedProducts } from "./screened_labels.ts";

/** Largest number of rows. */
export const ROWS: i32 = 64;
/** Bytes of each of two lists of rows, which lie behind their products. */
const LIST: usize = 256;
/** Ways to label rows. */
const BYTES: i32 = 0;
const PAIRS: i32 = 1;
const FLOATS: i32 = 2;
const DOUBLES: i32 = 3;
/** Number of times that 8-bit integers are passed over when they left most rows undecided. */
const PAUSE: i32 = 16;

let pause: i32 = 0;

/**
 * Writes the nearest centroid of each row in a list to `labels`, and the squared distances of dense rows to
 * `distances`. Rows are settled by their guesses first, where there are any.
 */
export function labelNearest(
  list: usize,
  count: i32,
  labels: usize,
  distances: usize,
  products: usize,
): void {
  const rest = products + (<usize> (ROWS * f.width) << 2);
  const places = rest + LIST;
  const packed = places + LIST;
  memory.copy(rest, list, <usize> count << 2);
  for (let q = 0; q < count; q++) store<i32>(places + (<usize> q << 2), q);
  let left = count;
  if (f.halves) left = settleByGuesses(rest, places, left, labels, distances);
  if (f.screenPanels && left > 0 && (--pause < 0 || !f.panels)) {
    const open = left;
    screenedProducts(rest, places, left, products, packed);
    left = settleRows(BYTES, rest, places, left, labels, distances, products);
    pause = 2 * left > open ? PAUSE : 0;
  }
  if (left > 0 && f.guessTally) atomic.add<i32>(f.guessTally, left, 8);
  if (f.quantised && left > 0) {
    quantisedScores(rest, left, products, packed);
    left = settleRows(PAIRS, rest, places, left, labels, distances, products);
  }
  if (left > 0 && !f.panels) settleRows(DOUBLES, rest, places, left, labels, distances, products);
  else if (left > 0) {
    dataProducts(rest, left, f.panels, f.width, products);
    settleRows(FLOATS, rest, places, left, labels, distances, products);
  }
  if (f.guesses) keepGuesses(list, count, labels);
}

/** Labels the rows in a list in one of the ways; leaves those in it that stay undecided, and returns their number. */
export function settleRows(
  way: i32,
  list: usize,
  places: usize,
  count: i32,
  labels: usize,
  distances: usize,
  products: usize,
): i32 {
  let left = 0;
  for (let q = 0; q < count; q++) {
    const i = load<i32>(list + (<usize> q << 2));
    const place = load<i32>(places + (<usize> q << 2));
    const row = products + (<usize> (q * f.width) << 2);
    const radius = load<f32>(f.radii + (<usize> i << 2));
    const label = way === BYTES
      ? nearestByBounds(i, row, radius)
      : way === PAIRS
      ? nearestByScores(i, row, radius)
      : way === FLOATS
      ? nearestOfProducts(i, row, radius)
      : nearestOf(i);
    store<i32>(labels + (<usize> place << 2), label);
    if (label === UNDECIDED) {
      store<i32>(list + (<usize> left << 2), i);
      store<i32>(places + (<usize> left << 2), place);
      left++;
    } else if (f.original) {
      const distance = way === BYTES ? measured : squaredDistance(i, label);
      store<f64>(distances + (<usize> place << 3), distance);
    }
  }
  return left;
}
