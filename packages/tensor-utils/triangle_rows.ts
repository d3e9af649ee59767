/**
 * Computes a row of the Cholesky factor of a matrix from those before it.
 *
 * @param a The matrix, d×d, row by row; only the lower triangle is read.
 * @param l The factor; changed.
 * @param d Number of rows.
 * @param i The row.
 * @returns Its pivot, the square of the number on the diagonal: unless that is above 0 and finite, there is no factor.
 */
export function choleskyRow(a: Float64Array, l: Float64Array, d: number, i: number): number {
  let j = 0;
  for (; j + 4 <= i; j += 4) factorFour(a, l, d, i, j);
  for (; j < i; j++) l[i * d + j] = remainder(a, l, d, i, j) / l[j * d + j];
  const pivot = remainder(a, l, d, i, i);
  l[i * d + i] = Math.sqrt(pivot);
  return pivot;
}

/** An element, less what the columns before it explain. */
function remainder(a: Float64Array, l: Float64Array, d: number, i: number, j: number): number {
  let sum = a[i * d + j];
  for (let p = 0; p < j; p++) sum -= l[i * d + p] * l[j * d + p];
  return sum;
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
 * Computes a row of the inverse of a lower triangle from those before it.
 *
 * @param l The triangle, d×d, row by row, without zeros on the diagonal.
 * @param inverse The inverse, whose row is 0 to begin with; changed.
 * @param d Number of rows.
 * @param i The row.
 */
export function invertLowerRow(
  l: Float64Array,
  inverse: Float64Array,
  d: number,
  i: number,
): void {
  const row = i * d;
  // Row by row, so that the inner loop runs along rows.
  let p = 0;
  for (; p + 4 <= i; p += 4) subtractFour(inverse, l, d, i, p);
  for (; p < i; p++) subtractRow(inverse, l[row + p], row, p * d, p + 1);
  const pivot = l[row + i];
  for (let j = 0; j < i; j++) inverse[row + j] /= pivot;
  inverse[row + i] = 1 / pivot;
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
