import { arrayKind } from "./array_kind.ts";
import type { HostMatrix } from "./matrix.ts";

/**
 * The largest absolute value, NaN left out.
 *
 * @param values Numbers.
 * @returns 0 if there are none.
 */
export function largestMagnitude(values: ArrayLike<number>): number {
  // Two maxima, so that a comparison need not wait for the one before it.
  let even = 0;
  let odd = 0;
  const end = values.length - 1;
  let i = 0;
  for (; i < end; i += 2) {
    const a = Math.abs(values[i]);
    const b = Math.abs(values[i + 1]);
    if (a > even) even = a;
    if (b > odd) odd = b;
  }
  if (i === end && Math.abs(values[i]) > even) even = Math.abs(values[i]);
  return Math.max(even, odd);
}

/**
 * The power of two by which numbers are multiplied before they are squared and summed, so that neither overflows or
 * vanishes: ordinary numbers stay as they are, and others keep their digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { safeExponent } from "@mixtape/tensor-utils";
 *
 * assert.equal(safeExponent(255), 0);
 * assert.equal(safeExponent(2 ** 1000), -600);
 * ```
 *
 * @param largest The largest absolute value of the numbers, finite.
 * @param limit Numbers from 2^−limit to 2^limit are ordinary, and others are brought to about 2^limit; 400 unless given,
 * which leaves room for squares of differences and their sums, 200 where these are multiplied by one another.
 * @returns The exponent, 0 for ordinary numbers and where all are 0.
 */
export function safeExponent(largest: number, limit = 400): number {
  if (largest === 0 || (largest >= 2 ** -limit && largest <= 2 ** limit)) return 0;
  return limit - Math.floor(Math.log2(largest));
}

/**
 * A number times a power of two, exact unless the result is too large or too small for that.
 *
 * @param value The number.
 * @param exponent A whole number.
 * @returns value · 2^exponent.
 */
export function timesPowerOfTwo(value: number, exponent: number): number {
  // One factor may be beyond float64 where the product is not.
  let [product, left] = [value, exponent];
  for (; left > 1000; left -= 1000) product *= 2 ** 1000;
  for (; left < -1000; left += 1000) product *= 2 ** -1000;
  return product * 2 ** left;
}

/**
 * The largest absolute value of a matrix, or 1 where it is sure to be ordinary (see {@link safeExponent}): narrower
 * numbers than float64 always are.
 *
 * @param x The matrix.
 * @returns What {@link safeExponent} takes.
 */
export function wideMagnitude({ values }: HostMatrix): number {
  if (arrayKind(values) !== "Float64Array") return 1;
  // Between the square of the largest value and n times that; comparisons take twice as long.
  const squares = sumOfSquares(values);
  return squares > 2 ** -350 && squares < 2 ** 400 ? 1 : largestMagnitude(values);
}

function sumOfSquares(values: ArrayLike<number>): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = values.length;
  const fours = end - end % 4;
  for (let i = 0; i < fours; i += 4) {
    a += values[i] * values[i];
    b += values[i + 1] * values[i + 1];
    c += values[i + 2] * values[i + 2];
    d += values[i + 3] * values[i + 3];
  }
  for (let i = fours; i < end; i++) a += values[i] * values[i];
  return a + b + c + d;
}

/**
 * A matrix times a power of two, in float64; the matrix itself for 2⁰.
 *
 * @param x The matrix.
 * @param exponent As in {@link timesPowerOfTwo}.
 * @returns A matrix of the same shape.
 */
export function scaledMatrix(x: HostMatrix, exponent: number): HostMatrix {
  if (exponent === 0) return x;
  const values = Float64Array.from(x.values, (value) => timesPowerOfTwo(value, exponent));
  return { values, shape: x.shape };
}
