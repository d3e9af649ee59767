// @ts-nocheck AssemblyScript
import { multiplyAdd } from "./vector.ts";

/**
 * log x of four float32 lanes that are positive and normal, within 2 units in the last place.
 *
 * x = 2^e m with m between √½ and √2; log m by a polynomial (Cephes `logf`). ln 2 is taken in two
 * parts, else e ln 2 is only as good as float32's ln 2.
 */
// @ts-ignore: decorator

export function log4(x: v128): v128 {
  // Taking the bits of √½ off carries into the exponent exactly where m would exceed √2.
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x7fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(m, f32x4.splat(1));
  const square = f32x4.mul(f, f);
  let p = multiplyAdd(f32x4.splat(7.0376836292e-2), f, f32x4.splat(-1.1514610310e-1));
  p = multiplyAdd(p, f, f32x4.splat(1.1676998740e-1));
  p = multiplyAdd(p, f, f32x4.splat(-1.2420140846e-1));
  p = multiplyAdd(p, f, f32x4.splat(1.4249322787e-1));
  p = multiplyAdd(p, f, f32x4.splat(-1.6668057665e-1));
  p = multiplyAdd(p, f, f32x4.splat(2.0000714765e-1));
  p = multiplyAdd(p, f, f32x4.splat(-2.4999993993e-1));
  p = multiplyAdd(p, f, f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, f), square);
  p = multiplyAdd(e, f32x4.splat(-2.12194440e-4), p);
  p = multiplyAdd(square, f32x4.splat(-0.5), p);
  return multiplyAdd(e, f32x4.splat(0.693359375), f32x4.add(f, p));
}
