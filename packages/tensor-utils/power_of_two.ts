import { arrayKind } from "./array_kind.ts";
import type { HostMatrix } from "./matrix.ts";

/**
 * Returns the largest absolute value, ignoring NaN.
 *
 * @param values The numbers.
 * @returns The largest absolute value; 0 if there are no numbers.
 */
export function largestMagnitude(values: ArrayLike<number>): number {
  // Two maxima, so that a comparison need not wait for the previous one.
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
 * Returns the exponent of the power of two to multiply numbers by before they are squared and
 * summed, so that nothing overflows or vanishes: ordinary numbers stay as they are, and others keep
 * their digits.
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
 * @param limit Numbers from 2^−limit to 2^limit are ordinary, and others are scaled to about
 * 2^limit. 400 by default, which leaves room for squares of differences and their sums; use 200 if
 * these are multiplied by one another.
 * @returns The exponent; 0 for ordinary numbers, and if all are 0.
 */
export function safeExponent(largest: number, limit = 400): number {
  if (largest === 0 || (largest >= 2 ** -limit && largest <= 2 ** limit)) return 0;
  return limit - Math.floor(Math.log2(largest));
}

/**
 * Multiplies a number by a power of two, exactly unless the result is out of the range of float64.
 *
 * @param value The number.
 * @param exponent A whole number.
 * @returns value · 2^exponent.
 */
export function timesPowerOfTwo(value: number, exponent: number): number {
  // One factor can exceed float64 even if the product does not.
  let [product, left] = [value, exponent];
  for (; left > 1000; left -= 1000) product *= 2 ** 1000;
  for (; left < -1000; left += 1000) product *= 2 ** -1000;
  return product * 2 ** left;
}

/**
 * Returns the largest absolute value of a matrix, or 1 if it is certain to be ordinary (see {@link
 * safeExponent}), as that of narrower numbers than float64 always is.
 *
 * @param x The matrix, with its largest absolute value if that is known.
 * @returns A number for {@link safeExponent}.
 */
export function wideMagnitude({ values, largest }: HostMatrix & { largest?: number }): number {
  if (arrayKind(values) !== "Float64Array") return 1;
  if (largest !== undefined) return largest;
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
 * Multiplies a matrix by a power of two, in float64; returns the matrix itself for 2⁰.
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
