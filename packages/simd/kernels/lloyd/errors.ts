// @ts-nocheck AssemblyScript
// Bounds on the rounding errors of float32 scores. They grow with the length of the centroid, so that of all
// centroids only those count that may be near: else one far out would leave every row undecided.
import * as f from "../generated/lloyd_structures.ts";
import { multiplyAdd } from "../shared/vector.ts";

/** `sharpness` of a centroid of length 1. */
const SHARPNESS: f32 = 2.5 * 5.9604645e-8;
const UNDERFLOW: f32 = 1e-30;
/** Covers the rounding of a length. */
const UP: f32 = 1.25;

/**
 * Returns bounds on the errors of the scores of four rows that do not exceed `scores`; of a score that does, the
 * bound grows by less than the score.
 *
 * @param slopes `sharpness` × terms.
 */
// @ts-ignore: decorator
@inline
export function errorsUpTo(scores: v128, slopes: v128, radii: v128): v128 {
  // |c|² − 2 x·c ≤ s only if |c| ≤ |x| + √(|x|² + s).
  const squares = multiplyAdd(radii, radii, f32x4.pmax(f32x4.splat(0), scores));
  const lengths = f32x4.add(radii, f32x4.sqrt(squares));
  const shares = f32x4.mul(lengths, f32x4.splat(UP * SHARPNESS / f.sharpness));
  // What is not a number, since all centroids lie at the mean or have no scores, becomes 1.
  const share = f32x4.pmin(f32x4.splat(1), shares);
  const error = multiplyAdd(f32x4.splat(f.offset), share, f32x4.mul(slopes, radii));
  return multiplyAdd(error, share, f32x4.splat(UNDERFLOW));
}

/** The same for one row. */
// @ts-ignore: decorator
@inline
export function errorUpTo(score: f32, slope: f32, radius: f32): f32 {
  const errors = errorsUpTo(f32x4.splat(score), f32x4.splat(slope), f32x4.splat(radius));
  return f32x4.extract_lane(errors, 0);
}
