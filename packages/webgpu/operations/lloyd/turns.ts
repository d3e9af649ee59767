import { DECIDE_COLUMNS, decideThreads } from "../../kernels/lloyd_decide.ts";
import { MEANS_TURNS } from "../../kernels/lloyd_means.ts";
import type { RowStorage } from "../../kernels/rows.ts";
import { MOST_TURNS } from "../../kernels/wgsl.ts";

/** Says why the processor takes a problem. */
export const TOO_LARGE = "it has more columns and clusters than the device has turns or room for";

/** Returns the turns that score a row of `d` columns for the clusters of a tile. */
export function tileTurns(storage: RowStorage, d: number): number {
  return 2 + (storage === "bytes" ? 6 * Math.ceil(d / 16) : Math.ceil(d / 4));
}

/** Returns the turns that decide one row. */
export function decideTurns(d: number, k: number): number {
  const threads = decideThreads(k);
  return Math.ceil(k / threads) * (Math.ceil(d / DECIDE_COLUMNS) + 2) + threads + 3;
}

/** Returns true if rows of `d` columns can be scored for `k` clusters with buffers of `mostBytes`. */
export function canScore(d: number, k: number, mostBytes: number): boolean {
  const turns = Math.max(tileTurns("bytes", d), tileTurns("floats", d));
  // Both are filled up: to quads of columns, and tiles of clusters.
  return turns <= MOST_TURNS && 4 * (d + 16) * (k + 16) <= mostBytes;
}

/** Returns true if a step with `k` clusters can be taken with buffers of `mostBytes`. */
export function canStep(d: number, k: number, mostBytes: number): boolean {
  return canScore(d, k, mostBytes) && 8 * (d + 1) * k <= mostBytes &&
    decideTurns(d, k) <= MOST_TURNS && MEANS_TURNS * d <= MOST_TURNS;
}
