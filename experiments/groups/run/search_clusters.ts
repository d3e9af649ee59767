import { adjustedRandIndex, kMeans, type KMeansModel, silhouettes } from "@mixtape/clustering";
import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import type { Clustering } from "../result.ts";

/** The settings of a search for a number of clusters. */
export interface ClusterSearchSettings {
  /** Numbers of clusters to try, ascending, from 2. */
  readonly grid: readonly number[];
  /** Seeds of the runs with each. */
  readonly seeds: readonly number[];
  /** Number of rows to take silhouettes on. */
  readonly silhouetteRows: number;
  /** Signal that ends the work. */
  readonly signal: AbortSignal;
  /** Called with the share that is done and a note. */
  readonly onProgress: (fraction: number, note: string) => void;
}

/** The outcome of a search for a number of clusters. */
export interface ClusterSearch {
  /** The runs with each number of clusters. */
  readonly clusterings: readonly Clustering[];
  /** Centroids of the best run with the number of clusters that silhouette chooses; null if it chooses none. */
  readonly start: HostMatrix | null;
}

interface Tried extends Clustering {
  readonly best: KMeansModel;
}

/**
 * Runs k-means with several numbers of clusters from several seeds, and chooses the number with the highest mean
 * silhouette.
 *
 * @param x Rows, shape [n, d].
 * @param settings Numbers of clusters, seeds, and the size of the sample for silhouettes.
 */
export async function searchClusters(
  x: HostMatrix,
  settings: ClusterSearchSettings,
): Promise<ClusterSearch> {
  const { grid, seeds, signal, onProgress } = settings;
  const n = x.shape[0];
  const drawn = random(seeds[0]).sample(n, Math.min(n, settings.silhouetteRows)).sort();
  const sample = takeRows(x, drawn);
  const runs: KMeansModel[][] = [];
  for (const clusters of grid) {
    const models: KMeansModel[] = [];
    for (const seed of seeds) {
      onProgress(
        (runs.length + models.length / seeds.length) / (grid.length + 1),
        `K = ${clusters}`,
      );
      models.push(await kMeans(x, { clusters, seed, signal }));
    }
    runs.push(models);
  }
  onProgress(grid.length / (grid.length + 1), "silhouettes");
  const labels = runs.flat().map((model) => Int32Array.from(drawn, (row) => model.labels[row]));
  const means = await meanSilhouettes(sample, labels, signal);
  const tried = runs.map((models, at): Tried => ({
    clusters: grid[at],
    silhouettes: means.slice(at * seeds.length, (at + 1) * seeds.length)
      .filter((mean) => mean !== null),
    agreements: pairs(models).map(([a, b]) => adjustedRandIndex(a.labels, b.labels)),
    best: models.reduce((best, model) => model.inertia < best.inertia ? model : best),
  }));
  const measured = tried.filter(({ silhouettes }) => silhouettes.length === seeds.length);
  const start = measured.length === 0
    ? null
    : measured.reduce((best, one) =>
      meanOf(one.silhouettes) > meanOf(best.silhouettes) ? one : best
    ).best.centroids;
  return { clusterings: tried.map(({ best: _, ...clustering }) => clustering), start };
}

/**
 * Computes the mean silhouettes of divisions of the same rows.
 *
 * @param x Rows, shape [n, d].
 * @param divisions The cluster of each row in each division.
 * @param signal Signal that ends the work.
 * @returns A mean per division; null for one that leaves all rows in one cluster, or each in its own.
 */
export async function meanSilhouettes(
  x: HostMatrix,
  divisions: readonly Int32Array[],
  signal: AbortSignal,
): Promise<(number | null)[]> {
  const sizes = divisions.map((labels) => new Set(labels).size);
  const fit = divisions.filter((_, at) => sizes[at] >= 2 && sizes[at] < x.shape[0]);
  if (fit.length === 0) return divisions.map(() => null);
  const measured = await silhouettes(x, fit, { maxRows: x.shape[0], signal });
  const means = new Map(fit.map((labels, at) => [labels, measured[at].mean]));
  return divisions.map((labels) => means.get(labels) ?? null);
}

/** Every two items of a list. */
export function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, at) => items.slice(at + 1).map((b): [T, T] => [a, b]));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
