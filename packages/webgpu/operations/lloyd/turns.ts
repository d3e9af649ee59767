import { DECIDE_COLUMNS, decideThreads } from "../../kernels/lloyd_decide.ts";
import { MEANS_TURNS } from "../../kernels/lloyd_means.ts";
import type { RowStorage } from "../../kernels/rows.ts";
import { MOST_TURNS } from "../../kernels/wgsl.ts";

/** Says why the processor takes a problem. */
export const TOO_LARGE = "a thread has not enough turns for so many columns and clusters";

/** Returns the turns that score a row of `d` columns for the clusters of a tile. */
export function tileTurns(storage: RowStorage, d: number): number {
  return 2 + (storage === "bytes" ? 6 * Math.ceil(d / 16) : Math.ceil(d / 4));
}

/** Returns the turns that decide one row. */
export function decideTurns(d: number, k: number): number {
  const threads = decideThreads(k);
  return Math.ceil(k / threads) * (Math.ceil(d / DECIDE_COLUMNS) + 2) + threads + 3;
}

/** Returns true if a thread has turns for rows of `d` columns. */
export function canScore(d: number): boolean {
  return Math.max(tileTurns("bytes", d), tileTurns("floats", d)) <= MOST_TURNS;
}

/** Returns true if a thread has turns for a step with `k` clusters. */
export function canStep(d: number, k: number): boolean {
  return canScore(d) && decideTurns(d, k) <= MOST_TURNS && MEANS_TURNS * d <= MOST_TURNS;
}
