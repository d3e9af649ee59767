/**
 * Counts the numbers that are at most a given one, in O(log n).
 *
 * @param sorted Numbers, ascending.
 * @param bound The bound, included.
 */
export function countAtMost(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
