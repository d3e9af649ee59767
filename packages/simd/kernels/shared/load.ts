// @ts-nocheck AssemblyScript
// Numbers of any kind, as float64.

/** Two neighbouring numbers. */
// @ts-ignore: decorator
@inline
export function loadPair<T>(at: usize): v128 {
  if (sizeof<T>() === 1) {
    const bytes = i16x8.extend_low_i8x16_u(v128.load16_splat(at));
    return f64x2.convert_low_i32x4_u(i32x4.extend_low_i16x8_u(bytes));
  }
  if (sizeof<T>() === 4) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  return v128.load(at);
}

/** One number. */
// @ts-ignore: decorator
@inline
export function loadOne<T>(at: usize): f64 {
  return <f64> load<T>(at);
}
