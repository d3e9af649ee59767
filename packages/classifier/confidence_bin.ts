/**
 * The bin that a confidence lies in, of bins (i/bins, (i + 1)/bins], the edges being the float64
 * numbers that these quotients give; 0 lies in the first, and what rounding put above 1 in the last.
 *
 * @param confidence A probability.
 * @param bins How many bins there are.
 * @returns The bin's number, from 0.
 */
export function confidenceBin(confidence: number, bins: number): number {
  // The product is rounded, so that a confidence on an edge may land on either side of it.
  let bin = Math.min(Math.max(Math.ceil(confidence * bins) - 1, 0), bins - 1);
  if (bin > 0 && confidence <= bin / bins) bin--;
  if (bin < bins - 1 && confidence > (bin + 1) / bins) bin++;
  return bin;
}
