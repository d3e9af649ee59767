// @ts-nocheck AssemblyScript
import { constant64 } from "./constant64.ts";
import { multiplyAdd64 } from "./vector.ts";

const SHIFTER = constant64(6755399441055744);
const LOG2_E = constant64(1.4426950408889634);
const MINUS_LN2_HIGH = constant64(-6.93147180369123816490e-1);
const MINUS_LN2_LOW = constant64(-1.90821492927058770002e-10);
const P11 = constant64(2.509555467711111e-8);
const P10 = constant64(2.761380686153883e-7);
const P9 = constant64(2.7557280067016980e-6);
const P8 = constant64(2.4801536388690768e-5);
const P7 = constant64(1.9841269885433861e-4);
const P6 = constant64(1.3888888905881543e-3);
const P5 = constant64(8.333333333332156e-3);
const P4 = constant64(4.1666666666651355e-2);
const P3 = constant64(1.6666666666666666e-1);
const HALF = constant64(0.5);
const ONE = constant64(1);

/**
 * e^x of two float64 lanes from -708 to 0, within 2 units in the last place; any bits below that.
 *
 * x = n ln 2 + r; e^r by a polynomial within 2^-54 for |r| ≤ ln 2 / 2, fitted at Chebyshev's points. ln 2 is taken in
 * two parts, the first exact times n. n is the end of the bits of x / ln 2 plus SHIFTER, and is added to the exponent.
 */
// @ts-ignore: decorator
@inline
export function exp64(x: v128): v128 {
  const shifted = multiplyAdd64(x, LOG2_E, SHIFTER);
  return i64x2.add(expOfRest(x, shifted), i64x2.shl(shifted, 52));
}

/** The same from -746 on, where 2^n is applied in two factors, since one alone underflows too early. */
// @ts-ignore: decorator
@inline
export function expToZero64(x: v128): v128 {
  const shifted = multiplyAdd64(x, LOG2_E, SHIFTER);
  const exponent = i64x2.sub(shifted, SHIFTER);
  const half = i64x2.shr_s(exponent, 1);
  const p = expOfRest(x, shifted);
  return f64x2.mul(f64x2.mul(p, powerOfTwo(half)), powerOfTwo(i64x2.sub(exponent, half)));
}

/** e^r. */
// @ts-ignore: decorator
@inline
function expOfRest(x: v128, shifted: v128): v128 {
  const n = f64x2.sub(shifted, SHIFTER);
  let r = multiplyAdd64(n, MINUS_LN2_HIGH, x);
  r = multiplyAdd64(n, MINUS_LN2_LOW, r);
  const square = f64x2.mul(r, r);
  let odd = multiplyAdd64(P11, square, P9);
  let even = multiplyAdd64(P10, square, P8);
  odd = multiplyAdd64(odd, square, P7);
  even = multiplyAdd64(even, square, P6);
  odd = multiplyAdd64(odd, square, P5);
  even = multiplyAdd64(even, square, P4);
  odd = multiplyAdd64(odd, square, P3);
  even = multiplyAdd64(even, square, HALF);
  return f64x2.add(multiplyAdd64(multiplyAdd64(odd, r, even), square, r), ONE);
}

/** 2^n for integer lanes between -1022 and 1023: n added to the exponent of 1. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i64x2.add(i64x2.shl(n, 52), ONE);
}
