/** Mean of some values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Median of some values: the mean of the two middle ones if their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The item with the largest value; the first of them if there are several. */
export function maximumBy<T>(items: readonly T[], value: (item: T) => number): T {
  return items.reduce((best, item) => value(item) > value(best) ? item : best);
}

/** The item with the smallest value; the first of them if there are several. */
export function minimumBy<T>(items: readonly T[], value: (item: T) => number): T {
  return maximumBy(items, (item) => -value(item));
}
