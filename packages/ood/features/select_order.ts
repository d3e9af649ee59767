/**
 * Reorders `order[start, end)` so that the point at position `k` is where sorting by one coordinate would put it, with
 * smaller or equal ones before it and larger or equal ones after it (Hoare's selection).
 */
export function selectOrder(
  order: Uint32Array,
  start: number,
  end: number,
  k: number,
  points: Float32Array,
  dimensions: number,
  axis: number,
): void {
  let left = start;
  let right = end - 1;
  while (left < right) {
    const pivot = points[order[(left + right) >> 1] * dimensions + axis];
    let i = left;
    let j = right;
    while (i <= j) {
      while (points[order[i] * dimensions + axis] < pivot) i++;
      while (points[order[j] * dimensions + axis] > pivot) j--;
      if (i > j) break;
      const swap = order[i];
      order[i++] = order[j];
      order[j--] = swap;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}
