/**
 * Replaces the largest number of a max-heap by a smaller one, so that the heap keeps the smallest
 * numbers seen.
 *
 * @param heap The numbers, the largest first; a new heap holds only Infinity.
 * @param value A number below the first.
 */
export function replaceLargest(heap: Float64Array, value: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    // Behind the last number there is none, and nothing larger.
    if (heap[child + 1] > heap[child]) child++;
    if (heap[child] <= value) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = value;
}
