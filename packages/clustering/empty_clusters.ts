import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";

/** Sums and weights of clusters, changed in place. */
export interface ClusterMoments {
  /** Weighted sums of the rows of each cluster, k × d. */
  readonly sums: Float64Array;
  /** Sum of the weights of each cluster's rows, k numbers. */
  readonly counts: Float64Array;
}

/** A row that leaves its cluster for an empty one. */
export interface Relocation {
  readonly row: number;
  /** Weight of the row. */
  readonly weight: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Gives each empty cluster the row that lies farthest from its own centroid, and takes the row out
 * of its old cluster, as scikit-learn does. The only row of a cluster stays where it is (moving it
 * would only empty another cluster), and so does a row at distance 0: with fewer distinct rows than
 * clusters, some clusters remain empty.
 *
 * @returns True if any row moved.
 */
export function relocateEmptyClusters(
  x: HostMatrix,
  labels: Int32Array,
  distances: Float64Array,
  moments: ClusterMoments,
  sampleWeight?: Float64Array,
): boolean {
  const moves = planRelocations(labels, distances, moments.counts, sampleWeight);
  const rows = takeRows(x, moves.map(({ row }) => row));
  relocate(moves, rows.values, moments);
  return moves.length > 0;
}

/** Chooses the rows that {@link relocateEmptyClusters} moves. */
export function planRelocations(
  labels: Int32Array,
  distances: Float64Array,
  counts: Float64Array,
  sampleWeight?: Float64Array,
): Relocation[] {
  const left = counts.slice();
  const empty = Array.from(counts.keys()).filter((cluster) => counts[cluster] === 0);
  const moves: Relocation[] = [];
  for (const row of farthestFirst(distances)) {
    if (moves.length === empty.length || distances[row] === 0) break;
    const weight = sampleWeight ? sampleWeight[row] : 1;
    const from = labels[row];
    if (weight === 0 || left[from] - weight <= 1e-12 * weight) continue;
    left[from] -= weight;
    moves.push({ row, weight, from, to: empty[moves.length] });
  }
  return moves;
}

/**
 * Moves rows to empty clusters.
 *
 * @param moves The moves.
 * @param rows The rows that move, in the order of the moves.
 */
export function relocate(
  moves: readonly Relocation[],
  rows: ArrayLike<number>,
  { sums, counts }: ClusterMoments,
): void {
  const d = sums.length / counts.length;
  moves.forEach(({ weight, from, to }, move) => {
    for (let p = 0; p < d; p++) {
      const value = weight * rows[move * d + p];
      sums[from * d + p] -= value;
      sums[to * d + p] = value;
    }
    counts[from] -= weight;
    counts[to] = weight;
  });
}

/**
 * Yields rows from the largest distance to the smallest, the lower index first in case of a tie. They
 * are in a heap, since few are asked for.
 */
export function* farthestFirst(distances: Float64Array): Generator<number, void, void> {
  const heap = new Uint32Array(distances.length);
  for (let row = heap.length; row-- > 0;) {
    heap[row] = row;
    sink(heap, row, heap.length, distances);
  }
  for (let end = heap.length; end > 0; end--) {
    yield heap[0];
    heap[0] = heap[end - 1];
    sink(heap, 0, end - 1, distances);
  }
}

/** Restores the order of a heap below `at`: parents are farther than their children. */
function sink(heap: Uint32Array, at: number, end: number, distances: Float64Array): void {
  const isFarther = (a: number, b: number) =>
    distances[a] > distances[b] || (distances[a] === distances[b] && a < b);
  const row = heap[at];
  for (let child = 2 * at + 1; child < end; child = 2 * at + 1) {
    if (child + 1 < end && isFarther(heap[child + 1], heap[child])) child++;
    if (!isFarther(heap[child], row)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = row;
}
