import type { Steps } from "./paced_steps.ts";
import { choleskyRow, invertLowerRow } from "./triangle_rows.ts";

/** Thrown by {@link cholesky} for a matrix that is not positive definite to float64 precision. */
export class NotPositiveDefiniteError extends RangeError {
  /** Name of the class. */
  override readonly name = "NotPositiveDefiniteError";
  /** Row at which the factorisation met a pivot that is not positive, or not finite. */
  readonly pivot: number;

  /**
   * Makes an error whose message names the pivot.
   *
   * @param pivot Row of the pivot.
   * @param value Value of the pivot.
   */
  constructor(pivot: number, value: number) {
    super(
      `Cannot factorise the matrix: pivot ${pivot} is ${value}, a positive definite matrix is needed`,
    );
    this.pivot = pivot;
  }
}

/**
 * Factorises a symmetric positive definite matrix as A = L·Lᵀ, in float64.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cholesky } from "@mixtape/tensor-utils";
 *
 * assert.deepEqual(cholesky(new Float64Array([4, 2, 2, 5]), 2), new Float64Array([2, 0, 1, 2]));
 * ```
 *
 * @param a The matrix, d×d, row by row; only the lower triangle is read.
 * @param d Number of rows.
 * @returns L, lower triangular, with zeros above the diagonal.
 * @throws {NotPositiveDefiniteError} If a pivot is not positive, or not finite.
 */
export function cholesky(a: Float64Array, d: number): Float64Array {
  const l = new Float64Array(d * d);
  for (let i = 0; i < d; i++) factorRow(a, l, d, i);
  return l;
}

/** Multiply-adds of a step: some milliseconds. */
const AT_ONCE = 2 ** 22;

/**
 * Factorises a matrix as {@link cholesky} does, to the same bits, in steps for {@linkcode inTurns}: for some hundred
 * rows or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { choleskyInSteps, inTurns } from "@mixtape/tensor-utils";
 *
 * const factor = await inTurns(choleskyInSteps(new Float64Array([4, 2, 2, 5]), 2));
 * assert.deepEqual(factor, new Float64Array([2, 0, 1, 2]));
 * ```
 *
 * @param a The matrix, d×d, row by row; only the lower triangle is read.
 * @param d Number of rows.
 * @returns L, lower triangular, with zeros above the diagonal.
 * @throws {NotPositiveDefiniteError} If a pivot is not positive, or not finite.
 */
export function* choleskyInSteps(a: Float64Array, d: number): Steps<Float64Array> {
  const l = new Float64Array(d * d);
  let work = 0;
  for (let i = 0; i < d; i++) {
    factorRow(a, l, d, i);
    work += i * i / 2;
    if (work < AT_ONCE) continue;
    work = 0;
    yield;
  }
  return l;
}

function factorRow(a: Float64Array, l: Float64Array, d: number, i: number): void {
  const pivot = choleskyRow(a, l, d, i);
  if (!(pivot > 0 && pivot < Infinity)) throw new NotPositiveDefiniteError(i, pivot);
}

/**
 * Solves L·y = b for a lower triangular L.
 *
 * @param l Lower triangular matrix, d×d, row by row.
 * @param b Right-hand side, d numbers.
 * @param d Number of rows.
 * @returns y, d numbers.
 */
export function solveLower(l: Float64Array, b: ArrayLike<number>, d: number): Float64Array {
  const y = new Float64Array(d);
  for (let i = 0; i < y.length; i++) {
    let sum = b[i];
    for (let p = 0; p < i; p++) sum -= l[i * d + p] * y[p];
    y[i] = sum / l[i * d + i];
  }
  return y;
}

/**
 * Solves Lᵀ·y = b for a lower triangular L.
 *
 * @param l Lower triangular matrix, d×d, row by row.
 * @param b Right-hand side, d numbers.
 * @param d Number of rows.
 * @returns y, d numbers.
 */
export function solveLowerTransposed(
  l: Float64Array,
  b: ArrayLike<number>,
  d: number,
): Float64Array {
  const y = Float64Array.from(b);
  for (let i = d - 1; i >= 0; i--) {
    y[i] /= l[i * d + i];
    for (let p = 0; p < i; p++) y[p] -= l[i * d + p] * y[i];
  }
  return y;
}

/**
 * Inverts a lower triangular matrix.
 *
 * @param l Lower triangular matrix, d×d, row by row, without zeros on the diagonal.
 * @param d Number of rows.
 * @returns The inverse, lower triangular.
 */
export function invertLower(l: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let i = 0; i < d; i++) invertLowerRow(l, inverse, d, i);
  return inverse;
}

/**
 * Returns the log-determinant of A = L·Lᵀ, given its Cholesky factor.
 *
 * @param l Lower triangular matrix, d×d, row by row, with a positive diagonal.
 * @param d Number of rows.
 * @returns log det A.
 */
export function logDeterminant(l: Float64Array, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += Math.log(l[i * d + i]);
  return 2 * sum;
}
