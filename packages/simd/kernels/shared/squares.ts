// @ts-nocheck AssemblyScript
// What squared distances that were computed as differences have kept of their digits.

/** Below this share of |x|² + |c|², a difference has lost too many digits: for float64, and for float32. */
export const CANCELLED: f64 = 0.1;
export const CANCELLED_SINGLE: f64 = 1e-4;
/** Squares beyond these have overflowed, or have lost digits. */
export const LEAST: f64 = 1.2e-271;
export const MOST: f64 = 8e270;
/** The same in float32. */
export const LEAST_SINGLE: f64 = 1.2e-37;
export const MOST_SINGLE: f32 = 3e38;

/** All bits of the lanes in which a square has kept its digits. */
// @ts-ignore: decorator
@inline
export function isKept(squared: v128, limit: v128): v128 {
  return v128.and(f64x2.gt(squared, limit), f64x2.lt(squared, f64x2.splat(MOST)));
}

/** Four float64 numbers as float32. */
// @ts-ignore: decorator
@inline
export function narrowed(first: v128, second: v128): v128 {
  const low = f32x4.demote_f64x2_zero(first);
  return v128.shuffle<f32>(low, f32x4.demote_f64x2_zero(second), 0, 1, 4, 5);
}
