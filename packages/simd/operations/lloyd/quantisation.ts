// Products from 16-bit integers, see kernels/lloyd/quantised.ts.
import type { SimdRuntime } from "../../runtime.ts";
import type { LloydData } from "./data.ts";
import { filledColumns, screenedBytes } from "./screens.ts";

/** Length of a quantised row in units, and the error of an entry at most. */
const LENGTH = 32700;
const HALF = 0.5;
/** Number of rows that are packed at a time. */
const PACKED_ROWS = 40;
/** Numbers of centroids and of columns from which integers save time, and of columns beyond which errors are large. */
const WORTH = { k: 32, d: 32 };
const MOST_COLUMNS = 4096;
/** Rows of `labelNearest` and bytes of its lists, see kernels/lloyd/nearest_rows.ts. */
export const LABEL_BLOCK = 64;
const LISTS = 512;

/** Returns true if quantising dense rows saves more products with k centroids than it costs. */
export function isWorthQuantising(d: number, k: number): boolean {
  return k >= WORTH.k && d >= WORTH.d && d <= MOST_COLUMNS;
}

/** Returns true if products of rows and k centroids are quantised first. */
export function quantises({ d, rows }: Pick<LloydData, "d" | "rows">, k: number): boolean {
  return rows.dense > 0 && isWorthQuantising(d, k);
}

/**
 * Returns the forms of k centroids that `labelNearest` needs. Without relaxed SIMD, products of 8-bit integers
 * take longer than those of 16.
 */
export function labelForms(
  { relaxed }: Pick<SimdRuntime, "relaxed">,
  data: LloydData,
  k: number,
): { readonly quantised: boolean; readonly screened: boolean } {
  const quantised = quantises(data, k);
  return { quantised, screened: quantised && relaxed };
}

/**
 * Returns what the error of a score from quantised products is at most, per distance of the row to the
 * mean; float32 rounding is not among it.
 *
 * @param longest Largest length of a centroid minus the mean.
 * @param farthest Largest distance of a centroid to what its integers stand for.
 */
export function quantisationError(d: number, longest: number, farthest: number): number {
  // The second term is the rounding of a row minus the mean and of its unit.
  const ofRow = HALF * Math.sqrt(d) / LENGTH + 2 ** -21;
  return 2 * 1.0001 * (farthest + ofRow * (longest + farthest));
}

/** Returns the size in bytes of k quantised centroids. */
export function quantisedBytes(d: number, width: number): number {
  return 2 * width * Math.ceil(d / 8) * 8;
}

/** Returns the size in bytes of the scratch memory of `labelNearest`, for products with k centroids. */
export function labelBytes(data: LloydData, k: number, width: number): number {
  const { d, rows } = data;
  const products = 4 * LABEL_BLOCK * width + LISTS;
  if (quantises(data, k)) {
    const screened = screenedBytes(LABEL_BLOCK, d) + 4 * filledColumns(d);
    return products + Math.max(screened, PACKED_ROWS * (16 * Math.ceil(d / 8) + 4));
  }
  // Where a sparse row is spread out, products are no longer needed.
  return rows.dense ? products : Math.max(products, 4 * d);
}
