import { invertLower } from "@mixtape/tensor-utils";
import type { Steps } from "../steps.ts";
import { productInSteps } from "./product_in_steps.ts";

/** Up to so many rows a plain loop takes no longer than products do. */
const SMALL = 64;

/**
 * Inverts a lower triangular matrix; a large one by halves, so that most of the work is float64 products, for which
 * backends have kernels: the inverse of (A 0; B C) is (A⁻¹ 0; −C⁻¹BA⁻¹ C⁻¹).
 *
 * @param l Lower triangular matrix, d×d, row by row, without zeros on the diagonal.
 * @param d Number of rows.
 * @returns The inverse, lower triangular.
 */
export function* invertTriangle(l: Float64Array, d: number): Steps<Float64Array> {
  if (d <= SMALL) return invertLower(l, d);
  const upper = Math.ceil(d / 2);
  const lower = d - upper;
  const a = yield* invertTriangle(partOf(l, d, 0, 0, upper, upper), upper);
  const c = yield* invertTriangle(partOf(l, d, upper, upper, lower, lower), lower);
  const b = partOf(l, d, upper, 0, lower, upper);
  const right = yield* productInSteps({ a: b, b: a, m: lower, n: upper, k: upper });
  const product = yield* productInSteps({ a: c, b: right, m: lower, n: upper, k: lower });
  yield;
  const inverse = new Float64Array(d * d);
  for (let i = 0; i < upper; i++) inverse.set(a.subarray(i * upper, (i + 1) * upper), i * d);
  for (let i = 0; i < lower; i++) {
    const row = (upper + i) * d;
    for (let j = 0; j < upper; j++) inverse[row + j] = -product[i * upper + j];
    inverse.set(c.subarray(i * lower, (i + 1) * lower), row + upper);
  }
  return inverse;
}

/** A copy of a rectangle of a matrix. */
function partOf(
  matrix: Float64Array,
  d: number,
  row: number,
  column: number,
  rows: number,
  columns: number,
): Float64Array {
  const part = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const first = (row + i) * d + column;
    part.set(matrix.subarray(first, first + columns), i * columns);
  }
  return part;
}
