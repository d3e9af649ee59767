import { checkInteger } from "@mixtape/tensor-utils";

/**
 * Returns the dimensions of ViM's principal subspace.
 *
 * @param wanted The option: a number from 0 to d − 1; by default, the paper's rule, 1000 for 2048
 * units or more and 512 from 768 units on; smaller layers, of which the paper has none, keep half.
 * @param d Number of units.
 * @param note Receives the dimensions of a smaller layer.
 */
export function subspaceDimensions(
  wanted: number | undefined,
  d: number,
  note: (sentence: string) => void,
): number {
  if (wanted !== undefined) return checkInteger(wanted, "dimensions", { min: 0, max: d - 1 });
  if (d >= 2048) return 1000;
  if (d >= 768) return 512;
  const dimensions = Math.floor(d / 2);
  note(`the principal subspace has ${dimensions} dimensions, half of the ${d} units of the layer`);
  return dimensions;
}
