// @ts-nocheck AssemblyScript
import { constant } from "./constant.ts";
import { multiplyAdd } from "./vector.ts";

const HIGHEST = constant(89);
const LOWEST = constant(-104);
const SHIFTER = constant(12582912);
const LOG2_E = constant(1.44269504);
const MINUS_LN2_HIGH = constant(-0.693359375);
const MINUS_LN2_LOW = constant(2.12194440e-4);
const P7 = constant(1.9875691500e-4);
const P6 = constant(1.3981999507e-3);
const P5 = constant(8.3334519073e-3);
const P4 = constant(4.1665795894e-2);
const P3 = constant(1.6666665459e-1);
const P2 = constant(5.0000001201e-1);
const ONE = constant(1);

/**
 * e^x of four float32 lanes, within 2 units in the last place; 0 and infinity beyond the range, NaN
 * for NaN.
 *
 * x = n ln 2 + r; e^r by a polynomial (Cephes `expf`). ln 2 is taken in two parts, the first exact
 * in float32 times n, else r loses digits where |x| is large. 2^n is applied in two factors, since
 * one alone overflows or underflows before the product does.
 *
 * Rounding by adding 1.5 * 2^23 leaves n in the low bits; `nearest` and `trunc_sat` are slow in V8.
 * So are `min` and `max`; `pmin` and `pmax` are one instruction and keep a NaN that comes first.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const limited = f32x4.pmax(f32x4.pmin(x, HIGHEST), LOWEST);
  const shifted = multiplyAdd(limited, LOG2_E, SHIFTER);
  const n = f32x4.sub(shifted, SHIFTER);
  let r = multiplyAdd(n, MINUS_LN2_HIGH, limited);
  r = multiplyAdd(n, MINUS_LN2_LOW, r);
  let p = multiplyAdd(P7, r, P6);
  p = multiplyAdd(p, r, P5);
  p = multiplyAdd(p, r, P4);
  p = multiplyAdd(p, r, P3);
  p = multiplyAdd(p, r, P2);
  p = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), ONE);
  const exponent = i32x4.sub(shifted, SHIFTER);
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

/** 2^n for integer lanes between -126 and 127: n added to the exponent of 1. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.add(i32x4.shl(n, 23), ONE);
}
