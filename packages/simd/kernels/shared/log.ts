// @ts-nocheck AssemblyScript
import { multiplyAdd } from "./vector.ts";

/**
 * ln x of four float32 lanes, within 2 units in the last place; -infinity for 0, NaN below.
 *
 * x = 2^n m with m in [sqrt(1/2), sqrt(2)); ln m by a polynomial (Cephes `logf`), and n ln 2 in two
 * parts so that the sum keeps its digits. Subnormal x is scaled up first, having no exponent.
 */
// @ts-ignore: decorator
@inline

export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, tiny);
  const bits = i32x4.sub(scaled, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.shr_s(bits, 23);
  const m = i32x4.sub(scaled, i32x4.shl(exponent, 23));
  const n = f32x4.sub(
    f32x4.convert_i32x4_s(exponent),
    v128.and(tiny, f32x4.splat(23)),
  );
  const f = f32x4.sub(m, f32x4.splat(1));
  let p = multiplyAdd(f32x4.splat(7.0376836292e-2), f, f32x4.splat(-1.1514610310e-1));
  p = multiplyAdd(p, f, f32x4.splat(1.1676998740e-1));
  p = multiplyAdd(p, f, f32x4.splat(-1.2420140846e-1));
  p = multiplyAdd(p, f, f32x4.splat(1.4249322787e-1));
  p = multiplyAdd(p, f, f32x4.splat(-1.6668057665e-1));
  p = multiplyAdd(p, f, f32x4.splat(2.0000714765e-1));
  p = multiplyAdd(p, f, f32x4.splat(-2.4999993993e-1));
  p = multiplyAdd(p, f, f32x4.splat(3.3333331174e-1));
  const square = f32x4.mul(f, f);
  let y = f32x4.mul(f32x4.mul(p, f), square);
  y = multiplyAdd(n, f32x4.splat(-2.12194440e-4), y);
  y = multiplyAdd(square, f32x4.splat(-0.5), y);
  y = multiplyAdd(n, f32x4.splat(0.693359375), f32x4.add(y, f));
  return special(x, y);
}

/** What the formula does not give: ln 0, ln of a negative number, of infinity and of NaN. */
// @ts-ignore: decorator
@inline

function special(x: v128, y: v128): v128 {
  const infinity = f32x4.splat(f32.POSITIVE_INFINITY);
  const zero = f32x4.splat(0);
  let result = v128.bitselect(f32x4.neg(infinity), y, f32x4.eq(x, zero));
  result = v128.bitselect(infinity, result, f32x4.eq(x, infinity));
  return v128.bitselect(result, f32x4.splat(f32.NaN), f32x4.ge(x, zero));
}
