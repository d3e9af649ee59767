/**
 * Returns the bin of a confidence, among bins (i/bins, (i + 1)/bins] whose edges are these
 * quotients in float64; 0 belongs to the first bin, and a value that rounding has put above 1 to
 * the last.
 *
 * @param confidence A probability, from 0 to 1.
 * @param bins Number of bins.
 * @returns The index of the bin, from 0.
 */
export function confidenceBin(confidence: number, bins: number): number {
  // The product is rounded, so a confidence on an edge may land on either side of it.
  let bin = Math.min(Math.max(Math.ceil(confidence * bins) - 1, 0), bins - 1);
  if (bin > 0 && confidence <= bin / bins) bin--;
  if (bin < bins - 1 && confidence > (bin + 1) / bins) bin++;
  return bin;
}
