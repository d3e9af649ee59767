import { kMeans } from "@mixtape/clustering";
import { gaussianMixture } from "@mixtape/mixture";
import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import type { GaussianComparison } from "../result.ts";
import { meanSilhouettes } from "./search_clusters.ts";

/** The settings of a comparison with one Gaussian. */
export interface ComparisonSettings {
  /** Numbers of clusters to try, ascending. */
  readonly grid: readonly number[];
  /** Largest number of rows. */
  readonly rows: number;
  /** Number of sets to make up. */
  readonly sets: number;
  /** Number added to every variance. */
  readonly regularization: number;
  /** Seed of everything random. */
  readonly seed: number;
  /** Signal that ends the work. */
  readonly signal: AbortSignal;
}

/**
 * Compares the highest silhouette of rows, over numbers of clusters, with that of as many rows drawn from one Gaussian
 * with the same mean and covariance: k-means divides these as well, and only a higher silhouette tells of groups.
 *
 * @param x Rows, shape [n, d].
 * @param settings Numbers of clusters, rows and sets.
 * @returns The silhouette, and the number of sets that reach it; null if no number of clusters has one.
 * @see Tibshirani, Walther & Hastie (2001), https://doi.org/10.1111/1467-9868.00293, whose gap compares alike
 */
export async function compareWithOneGaussian(
  x: HostMatrix,
  { grid, rows, sets, regularization, seed, signal }: ComparisonSettings,
): Promise<GaussianComparison | null> {
  const n = Math.min(x.shape[0], rows);
  const drawn = takeRows(x, random(seed).sample(x.shape[0], n).sort());
  const silhouette = await highestSilhouette(drawn, grid, seed, signal);
  if (silhouette === null) return null;
  using gaussian = await gaussianMixture(x, { components: 1, regularization, signal });
  let reached = 0;
  for (let set = 0; set < sets; set++) {
    const { x: made } = await gaussian.sample(n, { seed: seed + set, signal });
    const other = await highestSilhouette(made, grid, seed, signal);
    if (other !== null && other >= silhouette) reached++;
  }
  return { rows: n, silhouette, sets, reached };
}

/** Returns the highest mean silhouette of one run per number of clusters; null if none has one. */
async function highestSilhouette(
  x: HostMatrix,
  grid: readonly number[],
  seed: number,
  signal: AbortSignal,
): Promise<number | null> {
  const divisions: Int32Array[] = [];
  for (const clusters of grid.filter((one) => one < x.shape[0])) {
    divisions.push((await kMeans(x, { clusters, seed, signal })).labels);
  }
  const means = (await meanSilhouettes(x, divisions, signal)).filter((mean) => mean !== null);
  return means.length === 0 ? null : Math.max(...means);
}
