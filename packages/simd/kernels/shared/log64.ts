// @ts-nocheck AssemblyScript
import { constant64 } from "./constant64.ts";
import { multiplyAdd64 } from "./vector.ts";

const SHIFTER = constant64(6755399441055744);
const ONE = constant64(1);
const TWO = constant64(2);
const HALF = constant64(0.5);
/** Its bits are subtracted, so that the exponent changes at sqrt(1/2). */
const ROOT_HALF = constant64(0.70710678118654757);
const L7 = constant64(1.479819860511658591e-1);
const L6 = constant64(1.531383769920937332e-1);
const L5 = constant64(1.818357216161805012e-1);
const L4 = constant64(2.222219843214978396e-1);
const L3 = constant64(2.857142874366239149e-1);
const L2 = constant64(3.999999999940941908e-1);
const L1 = constant64(6.666666666666735130e-1);
const LN2_HIGH = constant64(6.93147180369123816490e-1);
const LN2_LOW = constant64(1.90821492927058770002e-10);

/**
 * ln x of two normal positive float64 lanes, within 1 unit in the last place.
 *
 * x = 2^n m with m in [sqrt(1/2), sqrt(2)); ln m by the polynomial of FDLIBM in (m - 1) / (m + 1), and n ln 2 in two
 * parts so that the sum keeps its digits.
 */
// @ts-ignore: decorator
@inline
export function log64(x: v128): v128 {
  const exponent = i64x2.shr_s(i64x2.sub(x, ROOT_HALF), 52);
  const m = i64x2.sub(x, i64x2.shl(exponent, 52));
  const n = f64x2.sub(i64x2.add(exponent, SHIFTER), SHIFTER);
  const f = f64x2.sub(m, ONE);
  const s = f64x2.div(f, f64x2.add(f, TWO));
  const z = f64x2.mul(s, s);
  let p = multiplyAdd64(L7, z, L6);
  p = multiplyAdd64(p, z, L5);
  p = multiplyAdd64(p, z, L4);
  p = multiplyAdd64(p, z, L3);
  p = multiplyAdd64(p, z, L2);
  p = multiplyAdd64(p, z, L1);
  const halfSquare = f64x2.mul(HALF, f64x2.mul(f, f));
  const tail = multiplyAdd64(n, LN2_LOW, f64x2.mul(s, multiplyAdd64(p, z, halfSquare)));
  return multiplyAdd64(n, LN2_HIGH, f64x2.sub(f, f64x2.sub(halfSquare, tail)));
}
