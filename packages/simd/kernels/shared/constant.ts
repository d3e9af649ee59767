// @ts-nocheck AssemblyScript

/** Zero, which the compilers cannot know: memory has at most 65536 pages. */
const ZERO: f32 = <f32> (memory.size() >>> 31);

/**
 * A float32 in all four lanes, to be kept in a module constant. It is computed when the module
 * starts: V8 builds a vector literal anew, in three instructions, at every use in a loop, and loads
 * this in one.
 */
// @ts-ignore: decorator
@inline
export function constant(value: f32): v128 {
  return f32x4.splat(ZERO + value);
}
