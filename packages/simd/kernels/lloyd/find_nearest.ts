// @ts-nocheck AssemblyScript
// The nearest centroid of each row, once: no bounds, no sums.
import { nextBlock } from "../shared/job.ts";
import { squaredDistance } from "./distances.ts";
import * as f from "../generated/lloyd_structures.ts";
import { labelNearest, ROWS } from "./nearest_rows.ts";
import { nearestOfFour, nearestOfOne, productsOnce } from "./once.ts";
import { listRows } from "./records.ts";

/** Finds the nearest centroid of each row and its squared distance. */
export function findNearest(thread: i32, args: usize): void {
  f.loadFindNearest(args);
  const list = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    const end = min((b + 1) * ROWS, f.n);
    if (f.radii) nearestTile(b * ROWS, end, list);
    else nearestOnce(b * ROWS, end, list);
  }
}

export function nearestTile(start: i32, end: i32, list: usize): void {
  const labels = f.rowLabels + (<usize> start << 2);
  const distances = f.distances + (<usize> start << 3);
  listRows(start, end, list);
  labelNearest(list, end - start, labels, distances, list + (ROWS << 2));
  for (let i = start; i < end; i++) {
    const label = load<i32>(f.rowLabels + (<usize> i << 2));
    const at = f.distances + (<usize> i << 3);
    const distance = f.original ? load<f64>(at) : squaredDistance(i, label);
    // Squares of float32 do not exceed float64.
    const isFinite = f.originalWide || distance - distance === 0;
    store<i32>(f.rowLabels + (<usize> i << 2), isFinite ? label : -1);
    store<f64>(at, distance);
  }
}

/** Does the same for rows that are not described, which are float32; without distances if they have no place. */
export function nearestOnce(start: i32, end: i32, list: usize): void {
  const columns = <usize> f.width << 2;
  let row = productsOnce(start, end, list, ROWS);
  let to = f.rowLabels + (<usize> start << 2);
  let i = start;
  for (; i + 4 <= end; i += 4, to += 16, row += 4 * columns) {
    let left = nearestOfFour(i, row, columns, to);
    if (f.distances) left = 15;
    for (; left !== 0; left &= left - 1) measureOnce(i + ctz(left));
  }
  for (; i < end; i++, to += 4, row += columns) {
    nearestOfOne(i, row, to);
    measureOnce(i);
  }
}

/** Measures a labelled row, whose label becomes −1 if it is not finite. */
function measureOnce(i: i32): void {
  const at = f.rowLabels + (<usize> i << 2);
  const distance = squaredDistance(i, load<i32>(at));
  if (!(distance - distance === 0)) store<i32>(at, -1);
  if (f.distances) store<f64>(f.distances + (<usize> i << 3), distance);
}
