import type { Float64Product } from "@mixtape/operations";

/**
 * Computes `MixtapeFloat64Product` in plain loops, for any backend; zeros in a are skipped.
 *
 * @param product The matrices.
 * @returns m × n numbers, `addTo` if that was given.
 */
export function referenceProduct(
  { a, b, m, n, k, transposeA, transposeB, lower, addTo }: Float64Product,
): Float64Array {
  const left = transposeA ? transposed(a, k, m) : a;
  const right = transposeB ? transposed(b, n, k) : b;
  const starts = firstValues(right, k, n);
  const product = addTo ?? new Float64Array(m * n);
  const steps = new Uint32Array(k);
  for (let row = 0; row < m; row++) {
    let count = 0;
    for (let step = 0; step < k; step++) if (left[row * k + step] !== 0) steps[count++] = step;
    const used = steps.subarray(0, count);
    const end = lower ? Math.min(n, row + 1) : n;
    addRow(product, row * n, left, row * k, used, right, starts, n, end);
  }
  return product;
}

/**
 * Adds one row times `right`, four steps at a time so that the sums are read and written a quarter
 * as often.
 */
function addRow(
  product: Float64Array,
  to: number,
  left: Float64Array,
  from: number,
  steps: Uint32Array,
  right: Float64Array,
  starts: Uint32Array,
  n: number,
  end: number,
): void {
  let at = 0;
  for (; at + 4 <= steps.length; at += 4) {
    const s0 = steps[at], s1 = steps[at + 1], s2 = steps[at + 2], s3 = steps[at + 3];
    const v0 = left[from + s0], v1 = left[from + s1], v2 = left[from + s2], v3 = left[from + s3];
    const r0 = s0 * n, r1 = s1 * n, r2 = s2 * n, r3 = s3 * n;
    for (let j = starts[s0]; j < end; j++) {
      product[to + j] += v0 * right[r0 + j] + v1 * right[r1 + j] +
        (v2 * right[r2 + j] + v3 * right[r3 + j]);
    }
  }
  for (; at < steps.length; at++) {
    const value = left[from + steps[at]];
    const row = steps[at] * n;
    for (let j = starts[steps[at]]; j < end; j++) product[to + j] += value * right[row + j];
  }
}

/** Returns, for each row, the column before which it and all rows below hold only zeros. */
function firstValues(values: Float64Array, rows: number, columns: number): Uint32Array {
  const starts = new Uint32Array(rows);
  let least = columns;
  for (let row = rows - 1; row >= 0; row--) {
    let first = 0;
    while (first < least && values[row * columns + first] === 0) first++;
    least = Math.min(least, first);
    starts[row] = least;
  }
  return starts;
}

function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j];
  }
  return result;
}
