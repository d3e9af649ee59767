import type { HostMatrix } from "@mixtape/tensor-utils";

/**
 * Counts distinct rows, up to a limit.
 *
 * @param x Rows, shape [n, d].
 * @param most Number at which counting ends.
 * @returns The number of distinct rows, at most `most`.
 */
export function countDistinct({ values, shape: [n, d] }: HostMatrix, most: number): number {
  const found: number[] = [];
  for (let i = 0; i < n && found.length < most; i++) {
    if (!found.some((other) => isSame(i * d, other))) found.push(i * d);
  }
  return found.length;

  function isSame(start: number, other: number): boolean {
    for (let j = 0; j < d; j++) if (values[start + j] !== values[other + j]) return false;
    return true;
  }
}
