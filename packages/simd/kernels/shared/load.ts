// @ts-nocheck AssemblyScript
// Numbers of either width, as float64.

/** Two neighbouring numbers. */
// @ts-ignore: decorator
@inline
export function loadPair<T>(at: usize): v128 {
  if (sizeof<T>() === 4) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  return v128.load(at);
}

/** One number. */
// @ts-ignore: decorator
@inline
export function loadOne<T>(at: usize): f64 {
  return <f64> load<T>(at);
}
