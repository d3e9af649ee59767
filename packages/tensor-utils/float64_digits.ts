/** Fewer numbers are sorted as fast without tables of counts. */
export const FEW = 2048;
/** Numbers that are worked on between two yields. */
export const PIECE = 2 ** 18;
/** Bits of a digit. */
export const DIGIT = 11;
/** Values of a digit. */
export const DIGITS = 1 << DIGIT;

/** Position, within a float64, of the half that holds its sign and exponent. */
export const UPPER = new Uint32Array(Float64Array.of(-0).buffer)[1] === 0 ? 0 : 1;

/** Maps the upper half of a float64 to a whole number, so that their orders agree. */
export function keyOf(upper: number): number {
  return upper ^ (upper >> 31 | 0x80000000);
}

/** Views numbers as the halves of their bits. */
export function halvesOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** Makes the number of each digit its first place. */
export function toPlaces(next: Uint32Array): void {
  let before = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = next[digit];
    next[digit] = before;
    before += count;
  }
}
