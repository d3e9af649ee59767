// @ts-nocheck AssemblyScript
// k-means++: squared distances of all rows to candidates, accurate to float32.
import { nextBlock } from "../shared/job.ts";
import { squaredDistance } from "./distances.ts";
import * as f from "../generated/lloyd_structures.ts";
import { dataProducts } from "./products.ts";
import { listRows } from "./records.ts";
import { toScores } from "./scores.ts";

/** Number of rows in a block, and in a tile of it. */
const ROWS: i32 = 1024;
const TILE: i32 = 64;
/**
 * Below this share of |x|² + |c|², a distance computed as a difference is measured again in
 * float64.
 */
const CANCELLED: f32 = 0.05;

/**
 * Measures the distances of all rows to the `k` candidates, and for each block the potential of each
 * candidate: Σ min(closest, distance).
 */
export function measureCandidates(thread: i32, args: usize): void {
  f.loadMeasureCandidates(args);
  const list = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    const potentials = f.potentials + <usize> (b * f.k) * 8;
    memory.fill(potentials, 0, <usize> f.k << 3);
    const end = min((b + 1) * ROWS, f.n);
    for (let start = b * ROWS; start < end; start += TILE) {
      measureTile(start, min(start + TILE, end), list, potentials);
    }
  }
}

export function measureTile(start: i32, end: i32, list: usize, potentials: usize): void {
  const products = list + (TILE << 2);
  const columns = <usize> f.width << 2;
  const unit = f.scale * f.scale;
  listRows(start, end, list);
  dataProducts(list, end - start, f.panels, f.width, products);
  for (let i = start; i < end; i++) {
    const scores = products + <usize> (i - start) * columns;
    toScores(scores);
    const square = load<f32>(f.squares + (<usize> i << 2));
    const closest = load<f64>(f.closest + (<usize> i << 3));
    const distances = f.candidateDistances + <usize> i * columns;
    for (let j = 0; j < f.k; j++) {
      const at = <usize> j << 2;
      const distance = refine(i, j, square, load<f32>(scores + at));
      store<f32>(distances + at, distance);
      const potential = potentials + (<usize> j << 3);
      store<f64>(potential, load<f64>(potential) + min(closest, <f64> distance / unit));
    }
  }
}

/** Returns the distance that a score stands for, in scaled units, which fit float32. */
function refine(i: i32, j: i32, square: f32, score: f32): f32 {
  const distance = square + score;
  const extent = square + load<f32>(f.bias + (<usize> j << 2));
  // Written so that a score that is not a number is measured again.
  if (!(distance > CANCELLED * extent)) {
    return <f32> (squaredDistance(i, j) * f.scale * f.scale);
  }
  return distance;
}

/** Computes closest = min(closest, distance to the chosen candidate) for all rows. */
export function lowerClosest(thread: i32, args: usize): void {
  f.loadLowerClosest(args);
  const unit = f.scale * f.scale;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    for (let i = b * ROWS; i < min((b + 1) * ROWS, f.n); i++) {
      const at = f.closest + (<usize> i << 3);
      const distance = load<f32>(f.candidateDistances + <usize> (i * f.width + f.chosen) * 4);
      store<f64>(at, min(load<f64>(at), <f64> distance / unit));
    }
  }
}
