import type { HostMatrix } from "../matrix.ts";
import { float64Product } from "./float64_product.ts";
import type { MixtureFactors } from "./mixture_moments.ts";

/** Rows that are taken together: what they give stays in the caches. */
const BLOCK_ROWS = 512;

/** Rounding that float64 sums of many terms stay within, as a multiple of their size. */
export const ROUNDING = 4 * Number.EPSILON;
/** What rounding may change a log-density by, relative to its size. */
export const TOLERANCE = 1e-9;

/** Rows about an origin. */
export interface Block {
  /** The index of the first. */
  readonly start: number;
  /** How many there are. */
  readonly rows: number;
  /** Relative to the origin, rows × d. */
  readonly values: Float64Array;
}

/** The squared distance from the origin up to which W·x keeps the digits that count. */
export function reachOf(w: Float64Array, d: number): number {
  let squares = 0;
  for (const value of w) squares += value * value;
  return (TOLERANCE / ROUNDING) ** 2 * d / squares;
}

/** Rows less an origin, some at a time. */
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

/** Means less an origin. */
export function centred(means: Float64Array, origin: Float64Array): Float64Array {
  return means.map((mean, at) => mean - origin[at % origin.length]);
}

/** Rows times the transpose of a d × d matrix. */
export function times(a: Float64Array, m: number, matrix: Float64Array, d: number): Float64Array {
  return float64Product({ a, b: matrix, m, n: d, k: d, transposeB: true });
}

/** Of a Gaussian, log det W − d/2·log 2π. */
export function logScale({ precisionFactors: w }: MixtureFactors, d: number): number {
  let sum = -d / 2 * Math.log(2 * Math.PI);
  for (let j = 0; j < d; j++) sum += Math.log(w[j * d + j]);
  return sum;
}

/** Turns logarithms into probabilities and returns the logarithm of what they added up to. */
export function normalize(joint: Float64Array, start: number, k: number): number {
  let largest = -Infinity;
  for (let at = start; at < start + k; at++) if (joint[at] > largest) largest = joint[at];
  let total = 0;
  for (let at = start; at < start + k; at++) total += joint[at] = Math.exp(joint[at] - largest);
  for (let at = start; at < start + k; at++) joint[at] /= total;
  return largest + Math.log(total);
}

/** |row|² of each row. */
export function squaredLengths(x: Float64Array, rows: number, d: number): Float64Array {
  const lengths = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let at = i * d; at < (i + 1) * d; at++) sum += x[at] * x[at];
    lengths[i] = sum;
  }
  return lengths;
}
