import type { HostMatrix } from "@mixtape/tensor-utils";

/** Sums and weights of clusters, changed in place. */
export interface ClusterMoments {
  /** Weighted sums of the rows of each cluster, k × d. */
  readonly sums: Float64Array;
  /** Sum of the weights of each cluster's rows, k numbers. */
  readonly counts: Float64Array;
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
  { sums, counts }: ClusterMoments,
  sampleWeight?: Float64Array,
): boolean {
  const d = x.shape[1];
  const empty = Array.from(counts.keys()).filter((cluster) => counts[cluster] === 0);
  let moved = 0;
  for (const row of farthestFirst(distances)) {
    if (moved === empty.length || distances[row] === 0) break;
    const weight = sampleWeight ? sampleWeight[row] : 1;
    const from = labels[row];
    if (weight === 0 || counts[from] - weight <= 1e-12 * weight) continue;
    const to = empty[moved++];
    for (let p = 0; p < d; p++) {
      const value = weight * x.values[row * d + p];
      sums[from * d + p] -= value;
      sums[to * d + p] = value;
    }
    counts[from] -= weight;
    counts[to] = weight;
  }
  return moved > 0;
}

/** Sorts rows from the largest distance to the smallest, the lower index first in case of a tie. */
function farthestFirst(distances: Float64Array): Uint32Array {
  const rows = Uint32Array.from(distances.keys());
  return rows.sort((a, b) => distances[b] - distances[a] || a - b);
}
