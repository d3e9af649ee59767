/**
 * Returns a quantile, between two values in proportion, as NumPy does by default.
 *
 * @param sorted The values, ascending; NaN is returned if there are none.
 * @param share From 0 to 1.
 */
export function quantileOf(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const rest = place - low;
  return rest === 0 ? sorted[low] : sorted[low] * (1 - rest) + sorted[low + 1] * rest;
}
