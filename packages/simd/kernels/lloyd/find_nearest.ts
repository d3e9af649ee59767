// @ts-nocheck AssemblyScript
// The nearest centroid of each row, once: no bounds, no sums.
import { nextBlock } from "../shared/job.ts";
import { squaredDistance } from "./distances.ts";
import * as f from "../generated/lloyd_structures.ts";
import { labelNearest, ROWS } from "./nearest_rows.ts";
import { listRows } from "./records.ts";

/** Finds the nearest centroid of each row and its squared distance. */
export function findNearest(thread: i32, args: usize): void {
  f.loadFindNearest(args);
  const list = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    nearestTile(b * ROWS, min((b + 1) * ROWS, f.n), list);
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
