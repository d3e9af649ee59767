/**
 * Replaces the largest number of a heap that has it first: what is kept are the smallest numbers seen.
 *
 * @param heap The numbers; in a new one all are infinite.
 * @param value A number below the first.
 */
export function replaceLargest(heap: Float64Array, value: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1] > heap[child]) child++;
    if (heap[child] <= value) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = value;
}
