// @ts-nocheck AssemblyScript
import { multiplyAdd } from "./vector.ts";

/**
 * e^x of four float32 lanes, within 2 units in the last place; 0 and infinity beyond the range, NaN
 * for NaN.
 *
 * x = n ln 2 + r; e^r by a polynomial (Cephes `expf`). ln 2 is taken in two parts, the first exact
 * in float32 times n, else r loses digits where |x| is large. 2^n is applied in two factors, since
 * one alone overflows or underflows before the product does.
 */
// @ts-ignore: decorator
@inline

export function exp4(x: v128): v128 {
  const limited = f32x4.max(f32x4.min(x, f32x4.splat(89)), f32x4.splat(-104));
  const n = f32x4.nearest(f32x4.mul(limited, f32x4.splat(1.44269504)));
  let r = multiplyAdd(n, f32x4.splat(-0.693359375), limited);
  r = multiplyAdd(n, f32x4.splat(2.12194440e-4), r);
  let p = multiplyAdd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const exponent = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

/** 2^n for integer lanes between -126 and 127. */
// @ts-ignore: decorator
@inline

function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}
