/** The largest number that float16 holds. */
export const largestFloat16 = 65504;

const number = new Float32Array(1);
const pattern = new Uint32Array(number.buffer);

/**
 * Rounds a float32 number to the nearest float16, and to the even one of two equally near. Written
 * out because not every runtime has a `Float16Array`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromFloat16, toFloat16 } from "@mixtape/tensor-utils";
 *
 * assert.equal(toFloat16(-2), 0xc000);
 * assert.equal(fromFloat16(toFloat16(1 / 3)), 0.333251953125);
 * ```
 *
 * @param value The number; it is rounded to float32 first.
 * @returns The 16 bits of the result: those of an infinity from 65520 on, where {@link
 * largestFloat16} is no longer nearest.
 */
export function toFloat16(value: number): number {
  number[0] = value;
  const sign = pattern[0] >>> 16 & 0x8000;
  const size = pattern[0] & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00; // not a number
  if (size >= 0x477ff000) return sign | 0x7c00; // 65520
  if (size < 0x38800000) { // 2^-14, below which float16 counts in steps of 2^-24
    // float32 numbers from 0.5 to 1 have the same spacing as these: the addition rounds.
    number[0] = Math.abs(number[0]) + 0.5;
    return sign | pattern[0] - 0x3f000000;
  }
  // 13 bits are cut off: more than a half, or a half if the last bit kept is odd, carries into it.
  const rounded = size + 0xfff + (size >>> 13 & 1);
  return sign | rounded - 0x38000000 >>> 13; // exponents count from −15 instead of −127
}

/**
 * Returns the number that the 16 bits of a float16 represent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromFloat16 } from "@mixtape/tensor-utils/host";
 *
 * assert.equal(fromFloat16(0x3c00), 1);
 * ```
 *
 * @param bits The bits of a float16, from 0 to 65535.
 * @returns The number, exactly.
 */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = bits >>> 10 & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (0x400 + fraction) * 2 ** (exponent - 25);
}
