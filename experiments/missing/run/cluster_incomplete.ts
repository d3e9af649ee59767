import { kMeansMissing, type KMeansMissingOptions } from "@mixtape/clustering";
import { imputeColumns } from "@mixtape/datasets/preparation";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { GroupingMethod } from "../result.ts";

/** Settings that all methods share. */
export interface ClusterSettings {
  /** Number of clusters. */
  readonly clusters: number;
  /** Number of starts, of which the best counts. */
  readonly restarts: number;
  /** Seed of the starts. */
  readonly seed: number;
  /** Cancels the work. */
  readonly signal: AbortSignal;
}

/** A clustering of rows with gaps. */
export interface Clustering {
  /** Cluster of each row. */
  readonly labels: Int32Array;
  /** Centroids, shape [k, d]. */
  readonly centroids: HostMatrix;
  /** Number of rows that the centroids were fitted to. */
  readonly fittedRows: number;
}

/** The ways to cluster, in the order in which they are shown. */
export const groupingMethods: readonly GroupingMethod[] = [
  "complete-rows",
  "mean-imputation",
  "median-imputation",
  "k-pod",
];

/**
 * Clusters rows of which cells have no value.
 *
 * @param x Rows, shape [n, d]; NaN stands for a missing cell, each column has a value.
 * @param method The treatment of missing cells.
 * @param settings Number of clusters, starts and seed.
 * @returns The clustering; nothing if fewer rows are complete than there are clusters, and only those count.
 */
export async function clusterIncomplete(
  x: HostMatrix,
  method: GroupingMethod,
  settings: ClusterSettings,
): Promise<Clustering | undefined> {
  if (method === "complete-rows" && countComplete(x) < settings.clusters) return undefined;
  const treatment: Partial<KMeansMissingOptions> = method === "median-imputation"
    ? { method: "gaussian-prior", priorMean: (await imputeColumns(x, { method: "median" })).fills }
    : { method };
  using model = await kMeansMissing(x, { ...settings, ...treatment });
  const { labels, centroids, fittedRows } = model;
  return { labels: Int32Array.from(labels), centroids, fittedRows };
}

function countComplete({ values, shape: [n, d] }: HostMatrix): number {
  let count = 0;
  for (let row = 0; row < n; row++) {
    let j = 0;
    while (j < d && !Number.isNaN(values[row * d + j])) j++;
    if (j === d) count++;
  }
  return count;
}
