import type { RowStorage } from "./rows.ts";

/** Sums of the rows of each cluster, and the kind of numbers that they are. */
export interface LloydSums {
  /** Storage of the rows. */
  readonly storage: RowStorage;
  /** True if rows have weights. */
  readonly isWeighted: boolean;
  /** Words of a sum: 1 for integers, 2 for fixed point. */
  readonly words: 1 | 2;
  /** True if the host takes them over; false if it adds up rows in float64 itself. */
  readonly areExact: boolean;
}

/** WGSL of numbers in fixed point of two words, the lower one first. */
export const fixedPoint = `
fn plus(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let low = a.x + b.x;
  return vec2<u32>(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn negative(a: vec2<u32>) -> vec2<u32> {
  return plus(~a, vec2<u32>(1u, 0u));
}
`;
