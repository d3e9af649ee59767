/**
 * Returns the first row up to which the weights add up to more than a number, so that a row of weight
 * 0 is never drawn.
 *
 * @param draw From 0 to the {@link totalWeight} of the rows.
 * @param n Number of rows.
 * @param weights Weight of each row; all 1 by default.
 */
export function rowAt(draw: number, n: number, weights?: Float64Array): number {
  if (!weights) return Math.min(n - 1, Math.floor(draw));
  let total = 0;
  const found = weights.findIndex((weight) => (total += weight) > draw);
  return found === -1 ? n - 1 : found;
}

/** Returns the weight of all rows. */
export function totalWeight(n: number, weights?: Float64Array): number {
  return weights ? weights.reduce((sum, weight) => sum + weight, 0) : n;
}
