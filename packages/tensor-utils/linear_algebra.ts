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
  for (let i = 0; i < d; i++) {
    let j = 0;
    for (; j + 4 <= i; j += 4) factorFour(a, l, d, i, j);
    for (; j <= i; j++) {
      let sum = a[i * d + j];
      for (let p = 0; p < j; p++) sum -= l[i * d + p] * l[j * d + p];
      if (i !== j) l[i * d + j] = sum / l[j * d + j];
      else if (sum > 0 && sum < Infinity) l[i * d + i] = Math.sqrt(sum);
      else throw new NotPositiveDefiniteError(i, sum);
    }
  }
  return l;
}

/** Four elements of a row at once, so that no sum waits for another; each in the order of a loop over one. */
function factorFour(a: Float64Array, l: Float64Array, d: number, i: number, j: number): void {
  const row = i * d;
  const r0 = j * d, r1 = r0 + d, r2 = r1 + d, r3 = r2 + d;
  let s0 = a[row + j], s1 = a[row + j + 1], s2 = a[row + j + 2], s3 = a[row + j + 3];
  for (let p = 0; p < j; p++) {
    const value = l[row + p];
    s0 -= value * l[r0 + p];
    s1 -= value * l[r1 + p];
    s2 -= value * l[r2 + p];
    s3 -= value * l[r3 + p];
  }
  const v0 = s0 / l[r0 + j];
  const v1 = (s1 - v0 * l[r1 + j]) / l[r1 + j + 1];
  const v2 = (s2 - v0 * l[r2 + j] - v1 * l[r2 + j + 1]) / l[r2 + j + 2];
  const v3 = (s3 - v0 * l[r3 + j] - v1 * l[r3 + j + 1] - v2 * l[r3 + j + 2]) / l[r3 + j + 3];
  l[row + j] = v0;
  l[row + j + 1] = v1;
  l[row + j + 2] = v2;
  l[row + j + 3] = v3;
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
  for (let i = 0, row = 0; i < d; i++, row += d) {
    // Row by row, so that the inner loop runs along rows.
    let p = 0;
    for (; p + 4 <= i; p += 4) subtractFour(inverse, l, d, i, p);
    for (; p < i; p++) subtractRow(inverse, l[row + p], row, p * d, p + 1);
    const pivot = l[row + i];
    for (let j = 0; j < i; j++) inverse[row + j] /= pivot;
    inverse[row + i] = 1 / pivot;
  }
  return inverse;
}

/** Four rows at once, so that the target is read and written a quarter as often; each sum in the order of the rows. */
function subtractFour(
  inverse: Float64Array,
  l: Float64Array,
  d: number,
  i: number,
  p: number,
): void {
  const row = i * d;
  const r0 = p * d, r1 = r0 + d, r2 = r1 + d, r3 = r2 + d;
  const f0 = l[row + p], f1 = l[row + p + 1], f2 = l[row + p + 2], f3 = l[row + p + 3];
  for (let j = 0; j <= p; j++) {
    inverse[row + j] = inverse[row + j] - f0 * inverse[r0 + j] - f1 * inverse[r1 + j] -
      f2 * inverse[r2 + j] - f3 * inverse[r3 + j];
  }
  // What lies to the right of the first row's diagonal.
  const end = p + 1;
  subtractRow(inverse, f1, row + end, r1 + end, 1);
  subtractRow(inverse, f2, row + end, r2 + end, 2);
  subtractRow(inverse, f3, row + end, r3 + end, 3);
}

function subtractRow(
  values: Float64Array,
  factor: number,
  to: number,
  from: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) values[to + j] -= factor * values[from + j];
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
