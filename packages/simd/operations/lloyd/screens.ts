// Bounds of products from 8-bit integers, see kernels/lloyd/screen.ts.

/** Bytes before the integers of a row. */
const HEAD = 16;
/** Most columns of which sums of products fit 32 bits. */
export const MOST_SCREENED = 2 ** 16;

/** Returns the number of columns, rounded up to whole vectors of integers. */
export function filledColumns(d: number): number {
  return Math.ceil(d / 16) * 16;
}

/** Returns the size in bytes of n rows of integers. */
export function screenedBytes(n: number, d: number): number {
  return n * (HEAD + filledColumns(d));
}

/** Returns the size in bytes of the scratch memory that a row or a centroid takes on its way to integers. */
export function screenScratchBytes(d: number): number {
  return 9 * filledColumns(d);
}
