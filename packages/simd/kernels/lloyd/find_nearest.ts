// @ts-nocheck AssemblyScript
// The nearest centroid of each row, once: no bounds, no sums.
import { nextBlock } from "../shared/job.ts";
import { squaredDistance } from "./distances.ts";
import * as f from "../generated/lloyd_structures.ts";
import { dataProducts } from "./products.ts";
import { listRows } from "./records.ts";
import { nearestOfProducts } from "./scores.ts";

const ROWS: i32 = 64;

/** Finds the nearest centroid of each row and its squared distance. */
export function findNearest(thread: i32, args: usize): void {
  f.loadFindNearest(args);
  const list = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    nearestTile(b * ROWS, min((b + 1) * ROWS, f.n), list);
  }
}

export function nearestTile(start: i32, end: i32, list: usize): void {
  const products = list + (ROWS << 2);
  listRows(start, end, list);
  dataProducts(list, end - start, f.panels, f.width, products);
  for (let i = start; i < end; i++) {
    const scores = products + <usize> ((i - start) * f.width) * 4;
    const label = nearestOfProducts(i, scores, load<f32>(f.radii + (<usize> i << 2)));
    const distance = squaredDistance(i, label);
    // Squares of float32 do not exceed float64.
    const isFinite = f.originalWide || distance - distance === 0;
    store<i32>(f.rowLabels + (<usize> i << 2), isFinite ? label : -1);
    store<f64>(f.distances + (<usize> i << 3), distance);
  }
}
