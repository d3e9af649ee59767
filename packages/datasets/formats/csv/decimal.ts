/** 10⁰ to 10²², the powers of ten that float64 holds exactly. */
export const POWERS_OF_TEN: Float64Array = Float64Array.from(
  { length: 23 },
  (_, exponent) => Number(`1e${exponent}`),
);

/** Largest power of ten in {@linkcode POWERS_OF_TEN}. */
export const LARGEST_POWER = 22;

/** Numbers of digits that {@linkcode longDecimal} takes. */
export const LONGEST_DIGITS = 19;

/**
 * Returns (high · 10^lowDigits + low) · 10^exponent, rounded to the nearest float64; NaN if the
 * rounding is in doubt, or the exponent out of reach.
 *
 * The number is computed as the unevaluated sum of two float64, with a relative error below 2⁻¹⁰⁰.
 * If adding and taking away 2⁻⁹⁶ of it round to the same float64, so does the number itself.
 *
 * @param high The first 15 digits or fewer: a whole number below 10¹⁵.
 * @param low The next digits: a whole number below 10⁴.
 * @param lowDigits Number of digits in `low`, from 0 to 4.
 * @param exponent A power of ten.
 * @see Dekker (1971), A floating-point technique for extending the available precision
 */
export function longDecimal(
  high: number,
  low: number,
  lowDigits: number,
  exponent: number,
): number {
  if (exponent < -LARGEST_POWER || exponent > LARGEST_POWER) return NaN;
  const scale = POWERS_OF_TEN[lowDigits];
  const head = high * scale;
  const rest = productError(high, scale, head) + low;
  const sum = head + rest;
  const tail = rest - (sum - head);
  if (exponent === 0) return sum;
  const power = POWERS_OF_TEN[Math.abs(exponent)];
  let first: number;
  let second: number;
  if (exponent > 0) {
    first = sum * power;
    second = productError(sum, power, first) + tail * power;
  } else {
    first = sum / power;
    const product = first * power;
    second = (sum - product - productError(first, power, product) + tail) / power;
  }
  const margin = first * 2 ** -96;
  const rounded = first + (second - margin);
  return rounded === first + (second + margin) ? rounded : NaN;
}

/** Returns a · b − product exactly, where product is a · b rounded. */
function productError(a: number, b: number, product: number): number {
  // Veltkamp's splitting: 2²⁷ + 1 halves the digits of a float64.
  const wideA = a * 134217729;
  const highA = wideA - (wideA - a);
  const lowA = a - highA;
  const wideB = b * 134217729;
  const highB = wideB - (wideB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
