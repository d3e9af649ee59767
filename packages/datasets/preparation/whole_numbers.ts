import { type HostMatrix, pacer } from "@mixtape/tensor-utils/host";

/** Whole numbers, less a whole number per column. */
export interface WholeNumbers {
  /** The whole number next to the mean of each column. */
  readonly offsets: Int32Array;
  /** At least the largest absolute value of a difference, and at most 2048. */
  readonly largest: number;
}

/** The sum of 32 bits of products of larger differences holds few of them. */
const LARGEST = 2048;
/** Numbers between two looks at the clock. */
const PACED = 2 ** 22;

/**
 * Finds out whether all numbers are whole, such as pixels and counts, and close to the means of their
 * columns.
 *
 * @param x Data, shape [n, d], n ≥ 1.
 * @param means Mean of each column.
 * @param signal Ends the work.
 * @returns Undefined if they are not.
 */
export async function wholeNumbers(
  { values, shape: [n, d] }: HostMatrix,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<WholeNumbers | undefined> {
  if (!means.every((mean) => Math.abs(mean) < 2 ** 30)) return undefined;
  const offsets = Int32Array.from(means, Math.round);
  const pace = pacer(signal);
  const step = Math.ceil(PACED / d);
  let bits = 0;
  for (let i = 0; i < n; i++) {
    if (i % step === 0) await pace();
    for (let at = i * d, j = 0; j < d; at++, j++) {
      const difference = values[at] - offsets[j];
      const whole = difference | 0;
      if (whole !== difference) return undefined;
      // The bits of the number, or of one less than its absolute value if it is negative.
      bits |= whole ^ whole >> 31;
    }
    if (bits >= LARGEST) return undefined;
  }
  return { offsets, largest: bits + 1 };
}
