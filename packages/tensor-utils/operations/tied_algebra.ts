import type { HostMatrix } from "../matrix.ts";
import { float64Product } from "./float64_product.ts";

/** Number of rows processed together, so that their results stay in the caches. */
const BLOCK_ROWS = 512;

/** Bound on the rounding of float64 sums of many terms, as a multiple of their size. */
export const ROUNDING = 4 * Number.EPSILON;
/** Largest change of a log-density by rounding, relative to its size. */
export const TOLERANCE = 1e-9;

/** Rows about an origin. */
export interface Block {
  /** Index of the first row. */
  readonly start: number;
  /** Number of rows. */
  readonly rows: number;
  /** Relative to the origin, rows × d. */
  readonly values: Float64Array;
}

/** Returns the squared distance from the origin up to which W·x keeps the digits that matter. */
export function reachOf(w: Float64Array, d: number): number {
  let squares = 0;
  for (const value of w) squares += value * value;
  return (TOLERANCE / ROUNDING) ** 2 * d / squares;
}

/** Yields rows minus an origin, block by block. */
export function* blocksOf(
  { values, shape: [n, d] }: HostMatrix,
  origin: Float64Array,
): Generator<Block> {
  for (let start = 0; start < n; start += BLOCK_ROWS) {
    const block = Float64Array.from(values.subarray(start * d, (start + BLOCK_ROWS) * d));
    for (let at = 0; at < block.length; at += d) {
      for (let j = 0; j < d; j++) block[at + j] -= origin[j];
    }
    yield { start, rows: block.length / d, values: block };
  }
}

/** Returns means minus an origin. */
export function centred(means: Float64Array, origin: Float64Array): Float64Array {
  return means.map((mean, at) => mean - origin[at % origin.length]);
}

/** Multiplies rows by the transpose of a d × d matrix. */
export function times(a: Float64Array, m: number, matrix: Float64Array, d: number): Float64Array {
  return float64Product({ a, b: matrix, m, n: d, k: d, transposeB: true });
}

/** Turns logarithms into probabilities, and returns the logarithm of the sum they had. */
export function normalize(joint: Float64Array, start: number, k: number): number {
  let largest = -Infinity;
  for (let at = start; at < start + k; at++) if (joint[at] > largest) largest = joint[at];
  let total = 0;
  for (let at = start; at < start + k; at++) total += joint[at] = Math.exp(joint[at] - largest);
  for (let at = start; at < start + k; at++) joint[at] /= total;
  return largest + Math.log(total);
}

/** Returns |row|² of each row. */
export function squaredLengths(x: Float64Array, rows: number, d: number): Float64Array {
  const lengths = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let at = i * d; at < (i + 1) * d; at++) sum += x[at] * x[at];
    lengths[i] = sum;
  }
  return lengths;
}
