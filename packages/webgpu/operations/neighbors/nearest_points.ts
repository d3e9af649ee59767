/** The k nearest of some points to each query of a block, in float64. */
export class NearestPoints {
  readonly #points: Float32Array;
  readonly #dimensions: number;
  readonly #k: number;
  readonly #queries: Float64Array;
  /** Squared distances of each query's k nearest, the largest first: a heap. */
  readonly #nearest: Float64Array[];
  /** Squared lengths of the queries. */
  readonly #lengths: Float64Array;

  /** Starts with no point measured. */
  constructor(points: Float32Array, dimensions: number, k: number, queries: Float64Array) {
    this.#points = points;
    this.#dimensions = dimensions;
    this.#k = k;
    this.#queries = queries;
    const rows = queries.length / dimensions;
    this.#lengths = Float64Array.from({ length: rows }, (_, query) => {
      let length = 0;
      for (let at = query * dimensions; at < (query + 1) * dimensions; at++) {
        length += queries[at] ** 2;
      }
      return length;
    });
    this.#nearest = Array.from({ length: rows }, () => new Float64Array(k).fill(Infinity));
  }

  /** Returns the squared distance to the k-th nearest of the points that were measured. */
  kth(query: number): number {
    return this.#nearest[query][0];
  }

  /** Returns half of what the square of the query's length exceeds that distance by. */
  leastScore(query: number): number {
    return (this.#lengths[query] - this.kth(query)) / 2;
  }

  /** Measures a point that was not measured yet. */
  measure(query: number, point: number): void {
    const nearest = this.#nearest[query];
    const distance = this.#squaredDistance(query, point, nearest[0]);
    if (distance < nearest[0]) replaceLargest(nearest, this.#k, distance);
  }

  /** Measures all points anew. */
  measureAll(query: number): void {
    this.#nearest[query].fill(Infinity);
    const count = this.#points.length / this.#dimensions;
    for (let point = 0; point < count; point++) this.measure(query, point);
  }

  /** Returns the squared distance, or a part of the sum once that is no less than `farthest`. */
  #squaredDistance(query: number, point: number, farthest: number): number {
    const d = this.#dimensions;
    const points = this.#points;
    const queries = this.#queries;
    let sum = 0;
    let at = point * d;
    let q = query * d;
    const last = at + d;
    while (at < last && sum < farthest) {
      for (const end = Math.min(last, at + 16); at < end; at++, q++) {
        const difference = points[at] - queries[q];
        sum += difference * difference;
      }
    }
    return sum;
  }
}

/** Replaces the largest of k numbers by a smaller one. */
function replaceLargest(heap: Float64Array, k: number, value: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= k) break;
    if (child + 1 < k && heap[child + 1] > heap[child]) child++;
    if (heap[child] <= value) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = value;
}
