// @ts-nocheck AssemblyScript
// The nearest centroid of some rows, once: no bounds, no sums.
import { nextBlock } from "../shared/job.ts";
import { squaredDistance } from "./distances.ts";
import * as f from "./frame.ts";
import { dataProducts } from "./products.ts";
import { nearestOfProducts } from "./scores.ts";

const ROWS: i32 = 64;

/**
 * Finds the nearest centroid (`labels`) and its squared distance (`distances`) of the rows listed
 * at `records`, `recordBytes` of them.
 */
export function findNearest(thread: i32, args: usize): void {
  f.loadFrame(args);
  const products = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(); b * ROWS < f.recordBytes; b = nextBlock()) {
    nearestTile(b * ROWS, min((b + 1) * ROWS, f.recordBytes), products);
  }
}

export function nearestTile(start: i32, end: i32, products: usize): void {
  const list = f.records + (<usize> start << 2);
  dataProducts(list, end - start, f.panels, f.width, products);
  for (let q = start; q < end; q++) {
    const i = load<i32>(f.records + (<usize> q << 2));
    const scores = products + <usize> ((q - start) * f.width) * 4;
    const label = nearestOfProducts(i, scores, load<f32>(f.radii + (<usize> i << 2)));
    store<i32>(f.labels + (<usize> q << 2), label);
    store<f64>(f.distances + (<usize> q << 3), squaredDistance(i, label));
  }
}
