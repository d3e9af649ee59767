import { largestMagnitude, safeExponent, timesPowerOfTwo } from "./power_of_two.ts";

/** A matrix at a scale at which its products neither overflow nor vanish. */
export interface OrdinaryScale {
  /** The matrix times a power of two; the same array if that is 1. */
  readonly scaled: Float64Array;
  /**
   * Brings eigenvalues back to the scale of the matrix.
   *
   * @throws {RangeError} If one exceeds float64.
   */
  readonly restore: (values: Float64Array) => Float64Array;
}

/**
 * Brings a matrix to an ordinary scale.
 *
 * @param a The matrix.
 * @throws {RangeError} If a value is not finite.
 */
export function ordinaryScale(a: Float64Array): OrdinaryScale {
  // 0 times a number that is not finite is NaN.
  let zeros = 0;
  for (let at = 0; at < a.length; at++) zeros += 0 * a[at];
  if (zeros !== 0) {
    throw new RangeError(
      "Cannot decompose the matrix: it has values that are not finite, finite numbers are needed",
    );
  }
  const exponent = safeExponent(largestMagnitude(a));
  if (exponent === 0) return { scaled: a, restore: (values) => values };
  // An eigenvalue can be d times as large as an entry.
  const scaled = a.map((value) => timesPowerOfTwo(value, exponent - 400));
  return { scaled, restore: (values) => restored(values, 400 - exponent) };
}

function restored(values: Float64Array, exponent: number): Float64Array {
  const result = values.map((value) => timesPowerOfTwo(value, exponent));
  if (result.every(Number.isFinite)) return result;
  throw new RangeError(
    `Cannot decompose the matrix: its largest eigenvalue exceeds 1.8e308, the largest float64, ` +
      `divide the matrix by its largest absolute value`,
  );
}
