// Bounds of products from 8-bit integers, see kernels/lloyd/screen.ts.
import type { Regions } from "../../memory/regions.ts";
import type { PlacedRows } from "./placement.ts";

/** Bytes before the integers of a row. */
const HEAD = 16;
/** Most columns of which sums of products fit 32 bits. */
const MOST_COLUMNS = 2 ** 16;
/** Largest size of all rows of integers that is worth its memory: 512 MiB. */
const MOST_BYTES = 2 ** 29;

/** Returns the number of columns, rounded up to whole vectors of integers. */
export function filledColumns(d: number): number {
  return Math.ceil(d / 16) * 16;
}

/** Returns the size in bytes of n rows of integers. */
export function screenedBytes(n: number, d: number): number {
  return n * (HEAD + filledColumns(d));
}

/** Returns true if integers of n rows can be multiplied, and are worth their memory. */
export function isWorthScreening(n: number, d: number): boolean {
  return d <= MOST_COLUMNS && screenedBytes(n, d) <= MOST_BYTES;
}

/** Returns the size in bytes of the scratch memory that a row or a centroid takes on its way to integers. */
export function screenScratchBytes(d: number): number {
  return 9 * filledColumns(d);
}

/** Places the mean that rows are yet to be centred at, and zeros. */
export function placeCentre(regions: Regions, { d, mean, copied }: PlacedRows): number {
  const centre = new Float32Array(2 * filledColumns(d));
  if (!copied) centre.set(mean);
  return regions.place(centre);
}
