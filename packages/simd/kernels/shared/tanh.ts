// @ts-nocheck AssemblyScript
import { constant } from "./constant.ts";
import { exp4 } from "./exp.ts";
import { multiplyAdd } from "./vector.ts";

const ONE = constant(1);
const TWO = constant(2);
const NEAR_ZERO = constant(0.625);
const P5 = constant(-5.70498872745e-3);
const P4 = constant(2.06390887954e-2);
const P3 = constant(-5.37397155531e-2);
const P2 = constant(1.33314422036e-1);
const P1 = constant(-3.33332819422e-1);

/**
 * tanh x of four float32 lanes: 1 - 2 / (e^2|x| + 1) with the sign of x, and near 0, where that
 * cancels, a polynomial (Cephes `tanhf`).
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const e = exp4(f32x4.add(size, size));
  const far = f32x4.sub(ONE, f32x4.div(TWO, f32x4.add(e, ONE)));
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));
  const square = f32x4.mul(x, x);
  let p = multiplyAdd(P5, square, P4);
  p = multiplyAdd(p, square, P3);
  p = multiplyAdd(p, square, P2);
  p = multiplyAdd(p, square, P1);
  const near = multiplyAdd(f32x4.mul(p, square), x, x);
  return v128.bitselect(near, signed, f32x4.lt(size, NEAR_ZERO));
}
