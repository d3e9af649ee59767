// @ts-nocheck AssemblyScript

/** a * b + c: fused where the build has relaxed SIMD, two roundings where it has not. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The same in float64. */
// @ts-ignore: decorator
@inline
export function multiplyAdd64(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** Products of eight 16-bit integers, added up in pairs, plus c. */
// @ts-ignore: decorator
@inline
export function addPairs(a: v128, b: v128, c: v128): v128 {
  return i32x4.add(i32x4.dot_i16x8_s(a, b), c);
}

/** Products of sixteen 8-bit integers, those of b from 0 to 127, added up in fours, plus c. */
// @ts-ignore: decorator
@inline
export function addQuads(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_dot_i8x16_i7x16_add_s(a, b, c);
  const even = i32x4.dot_i16x8_s(i16x8.shr_s(i16x8.shl(a, 8), 8), v128.and(b, i16x8.splat(255)));
  return i32x4.add(i32x4.add(c, even), i32x4.dot_i16x8_s(i16x8.shr_s(a, 8), i16x8.shr_u(b, 8)));
}

/** c - a * b. */
// @ts-ignore: decorator
@inline
export function multiplySubtract(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** The same in float64. */
// @ts-ignore: decorator
@inline
export function multiplySubtract64(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c);
  return f64x2.sub(c, f64x2.mul(a, b));
}

/** The sum of four float32 lanes, pairwise. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** The sum of two float64 lanes. */
// @ts-ignore: decorator
@inline
export function sumLanes64(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** The two lower float32 lanes as float64. */
// @ts-ignore: decorator
@inline
export function promoteLow(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

/** The two upper float32 lanes as float64. */
// @ts-ignore: decorator
@inline
export function promoteHigh(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
}

/** Adds two float64 lanes to those in memory. */
// @ts-ignore: decorator
@inline
export function addTo(target: usize, lanes: v128): void {
  v128.store(target, f64x2.add(v128.load(target), lanes));
}
