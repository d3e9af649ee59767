// @ts-nocheck AssemblyScript
import { constant } from "./constant.ts";
import { multiplyAdd } from "./vector.ts";

const SMALLEST_NORMAL = constant(1.17549435e-38);
const SCALE_UP = constant(8388608);
const SCALED_BY = constant(23);
const ONE = constant(1);
/** Its bits are subtracted, so that the exponent changes at sqrt(1/2). */
const ROOT_HALF = constant(0.70710677);
const P9 = constant(7.0376836292e-2);
const P8 = constant(-1.1514610310e-1);
const P7 = constant(1.1676998740e-1);
const P6 = constant(-1.2420140846e-1);
const P5 = constant(1.4249322787e-1);
const P4 = constant(-1.6668057665e-1);
const P3 = constant(2.0000714765e-1);
const P2 = constant(-2.4999993993e-1);
const P1 = constant(3.3333331174e-1);
const LN2_LOW = constant(-2.12194440e-4);
const MINUS_HALF = constant(-0.5);
const LN2_HIGH = constant(0.693359375);
const INFINITE = constant(f32.POSITIVE_INFINITY);
const NOT_A_NUMBER = constant(f32.NaN);

/**
 * ln x of four float32 lanes, within 2 units in the last place; -infinity for 0, NaN below.
 *
 * x = 2^n m with m in [sqrt(1/2), sqrt(2)); ln m by a polynomial (Cephes `logf`), and n ln 2 in two
 * parts so that the sum keeps its digits. Subnormal x is scaled up first, having no exponent.
 */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, SMALLEST_NORMAL);
  const scaled = v128.bitselect(f32x4.mul(x, SCALE_UP), x, tiny);
  const bits = i32x4.sub(scaled, ROOT_HALF);
  const exponent = i32x4.shr_s(bits, 23);
  const m = i32x4.sub(scaled, i32x4.shl(exponent, 23));
  const n = f32x4.sub(
    f32x4.convert_i32x4_s(exponent),
    v128.and(tiny, SCALED_BY),
  );
  const f = f32x4.sub(m, ONE);
  let p = multiplyAdd(P9, f, P8);
  p = multiplyAdd(p, f, P7);
  p = multiplyAdd(p, f, P6);
  p = multiplyAdd(p, f, P5);
  p = multiplyAdd(p, f, P4);
  p = multiplyAdd(p, f, P3);
  p = multiplyAdd(p, f, P2);
  p = multiplyAdd(p, f, P1);
  const square = f32x4.mul(f, f);
  let y = f32x4.mul(f32x4.mul(p, f), square);
  y = multiplyAdd(n, LN2_LOW, y);
  y = multiplyAdd(square, MINUS_HALF, y);
  y = multiplyAdd(n, LN2_HIGH, f32x4.add(y, f));
  return special(x, y);
}

/**
 * Corrects the results that the formula does not cover: ln 0, and ln of negative numbers, infinity
 * and NaN.
 */
// @ts-ignore: decorator
@inline
function special(x: v128, y: v128): v128 {
  const zero = f32x4.splat(0);
  let result = v128.bitselect(f32x4.neg(INFINITE), y, f32x4.eq(x, zero));
  result = v128.bitselect(INFINITE, result, f32x4.eq(x, INFINITE));
  return v128.bitselect(result, NOT_A_NUMBER, f32x4.ge(x, zero));
}
