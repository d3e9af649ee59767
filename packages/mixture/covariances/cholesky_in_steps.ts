import { cholesky, float64Product, NotPositiveDefiniteError } from "@mixtape/tensor-utils";
import type { Steps } from "../steps.ts";

/** Up to so many rows a plain loop takes no longer, and some milliseconds. */
const SMALL = 256;
/** Columns of a block. */
const BLOCK = 32;

/**
 * Factorises a symmetric matrix as A = L·Lᵀ; a large one by blocks of columns, so that most of the work is float64
 * products, for which backends have kernels.
 *
 * @param a The matrix, d×d, row by row; only the lower triangle is read.
 * @param d Number of rows.
 * @returns L, lower triangular, or the number of the first column whose pivot is not positive, or not finite.
 */
export function* choleskyInSteps(a: Float64Array, d: number): Steps<Float64Array | number> {
  if (d <= SMALL) return factorOf(a, d);
  const l = new Float64Array(d * d);
  for (let first = 0; first < d; first += BLOCK) {
    const width = Math.min(BLOCK, d - first);
    const panel = remainder(a, l, d, first, width);
    const corner = factorOf(panel.subarray(0, width * width), width);
    if (typeof corner === "number") return first + corner;
    panel.set(corner);
    solveRows(panel.subarray(width * width), corner, width);
    for (let i = first, from = 0; i < d; i++, from += width) {
      l.set(panel.subarray(from, from + width), i * d + first);
    }
    yield;
  }
  return l;
}

/** The columns of a block of A from its diagonal on, less what the blocks before it explain. */
function remainder(
  a: Float64Array,
  l: Float64Array,
  d: number,
  first: number,
  width: number,
): Float64Array {
  const rows = d - first;
  const panel = new Float64Array(rows * width);
  const before = new Float64Array(rows * first);
  for (let i = 0, at = first * d; i < rows; i++, at += d) {
    panel.set(a.subarray(at + first, at + first + width), i * width);
    before.set(l.subarray(at, at + first), i * first);
  }
  const b = before.subarray(0, width * first).map((value) => -value);
  return float64Product({
    ...{ a: before, b, m: rows, n: width, k: first, transposeB: true, addTo: panel },
  });
}

/** Solves X·Lᵀ = B for rows of B, in place: each number is taken out of all after it. */
function solveRows(rows: Float64Array, l: Float64Array, width: number): void {
  const transposed = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) transposed[j * width + i] = l[i * width + j];
  }
  for (let row = 0; row < rows.length; row += width) {
    for (let j = 0; j < width; j++) {
      const value = rows[row + j] /= transposed[j * width + j];
      for (let q = j + 1; q < width; q++) rows[row + q] -= value * transposed[j * width + q];
    }
  }
}

/** Returns the Cholesky factor, or the column at which the factorisation fails. */
function factorOf(a: Float64Array, d: number): Float64Array | number {
  try {
    return cholesky(a, d);
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return error.pivot;
    throw error;
  }
}
