import type { Random } from "@mixtape/tensor-utils";
import type { Batch } from "./batch_draws.ts";

/**
 * Moves the centroids of clusters that have seen too few rows to random rows of a batch that have a
 * weight, at most half as many as there are. Their count becomes that of the smallest other cluster, as
 * they would otherwise be moved again at once.
 *
 * @returns True if any was moved.
 */
export function reassignStarved(
  { x, rows: drawn, weights }: Batch,
  centroids: Float64Array,
  seen: Float64Array,
  ratio: number,
  source: Random,
): boolean {
  const [, d] = x.shape;
  const enough = ratio * seen.reduce((a, b) => Math.max(a, b), 0);
  if (seen.every((count) => count >= enough)) return false;
  const rows = weights ? drawn.filter((row) => weights[row] > 0) : drawn;
  const starved = Array.from(seen.keys())
    .filter((cluster) => seen[cluster] < enough)
    .sort((a, b) => seen[a] - seen[b] || a - b)
    .slice(0, Math.floor(rows.length / 2));
  if (starved.length === 0) return false;
  const smallestOther = seen.reduce(
    (smallest, count, cluster) => starved.includes(cluster) ? smallest : Math.min(smallest, count),
    Infinity,
  );
  const chosen = source.sample(rows.length, starved.length);
  starved.forEach((cluster, i) => {
    const row = rows[chosen[i]];
    centroids.set(x.values.subarray(row * d, (row + 1) * d), cluster * d);
    seen[cluster] = smallestOther;
  });
  return true;
}
