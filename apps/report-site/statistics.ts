/** Mean of some values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean of some values, and their range. */
export interface Span {
  /** Their mean. */
  readonly mean: number;
  /** The smallest. */
  readonly low: number;
  /** The largest. */
  readonly high: number;
}

/** Mean and range of some values, such as those of several seeds. */
export function spanOf(values: readonly number[]): Span {
  return { mean: mean(values), low: Math.min(...values), high: Math.max(...values) };
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

/**
 * The 95% interval of an area under a ROC curve of which only the area and the numbers of rows are known.
 *
 * @param auc The area: the chance that a row of the one kind scores higher than one of the other kind.
 * @param higher Number of rows of the one kind.
 * @param lower Number of rows of the other kind.
 * @see Hanley & McNeil (1982), https://doi.org/10.1148/radiology.143.1.7063747
 */
export function aucInterval(
  auc: number,
  higher: number,
  lower: number,
): { readonly low: number; readonly high: number } {
  const bothHigher = auc / (2 - auc);
  const higherThanBoth = 2 * auc ** 2 / (1 + auc);
  const variance = (auc * (1 - auc) + (higher - 1) * (bothHigher - auc ** 2) +
    (lower - 1) * (higherThanBoth - auc ** 2)) / (higher * lower);
  const half = 1.959963984540054 * Math.sqrt(variance);
  return { low: Math.max(0, auc - half), high: Math.min(1, auc + half) };
}
