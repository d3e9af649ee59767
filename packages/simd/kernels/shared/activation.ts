// @ts-nocheck AssemblyScript
import { constant } from "./constant.ts";
import { exp4 } from "./exp.ts";

const ONE = constant(1);

/** The activation with this number: 1 relu, 2 relu6, 3 sigmoid; others leave x as it is. */
export function activate(x: v128, activation: i32): v128 {
  if (activation === 1) return f32x4.pmax(x, f32x4.splat(0));
  if (activation === 2) return f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(6));
  if (activation === 3) return sigmoid4(x);
  return x;
}

/** 1 / (1 + e^-x). */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(ONE, f32x4.add(ONE, exp4(f32x4.neg(x))));
}
