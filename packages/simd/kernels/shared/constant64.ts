// @ts-nocheck AssemblyScript

/** Zero, which the compilers cannot know: memory has at most 65536 pages. */
const ZERO: f64 = <f64> (memory.size() >>> 31);

/** A float64 in both lanes, to be kept in a module constant; see `constant`. */
// @ts-ignore: decorator
@inline
export function constant64(value: f64): v128 {
  return f64x2.splat(ZERO + value);
}
