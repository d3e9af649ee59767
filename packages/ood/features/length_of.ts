import { isSafeSquare, largestMagnitude, timesPowerOfTwo } from "@mixtape/tensor-utils";

/** Returns the Euclidean norm of some numbers, even if their squares overflow or vanish. */
export function lengthOf(values: ArrayLike<number>): number {
  let squared = 0;
  for (let j = 0; j < values.length; j++) squared += values[j] * values[j];
  if (isSafeSquare(squared)) return Math.sqrt(squared);
  const largest = largestMagnitude(values);
  if (largest === 0 || largest === Infinity) return largest;
  const exponent = -Math.floor(Math.log2(largest));
  squared = 0;
  for (let j = 0; j < values.length; j++) squared += timesPowerOfTwo(values[j], exponent) ** 2;
  return timesPowerOfTwo(Math.sqrt(squared), -exponent);
}
