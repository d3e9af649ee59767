import type { Envelope } from "@mixtape/results";
import {
  count,
  countTable,
  flag,
  index,
  list,
  magnitude,
  oneOf,
  positive,
  record,
  share,
  type Sprite,
  sprite,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** The way to choose the initial centroids. */
export type KMeansStart = "random" | "k-means++" | "class-means";

/** One run of k-means from one start. */
export interface KMeansRun {
  /** Choice of the initial centroids. */
  readonly start: KMeansStart;
  /** Seed of the start. */
  readonly seed: number;
  /** Iterations until it stopped. */
  readonly iterations: number;
  /** True if the run met its tolerance. */
  readonly converged: boolean;
  /** Sum of squared distances to the own centroid, in squared pixel values. */
  readonly inertia: number;
  /** Inertia of each iteration. */
  readonly inertiaHistory: readonly number[];
  /** Share of images whose class is the majority of their cluster. */
  readonly purity: number;
  /** Normalised mutual information with the classes. */
  readonly nmi: number;
  /** Adjusted Rand index with the classes. */
  readonly ari: number;
  /** Wall time in milliseconds. */
  readonly elapsedMs: number;
}

/** Images of the centroids at some iterations. */
export interface CentroidFrames {
  /** Iteration of each frame; 0 is the start. */
  readonly iterations: readonly number[];
  /** Inertia at each frame. */
  readonly inertia: readonly number[];
  /** One row of centroids per frame. */
  readonly centroids: Sprite;
}

/** Two classes that share a cluster. */
export interface SharedCluster {
  /** The cluster. */
  readonly cluster: number;
  /** The two classes, the more frequent in this cluster first. */
  readonly classes: readonly number[];
  /** Number of images of each of the two in the cluster. */
  readonly counts: readonly number[];
}

/** A cluster beside the one that stands in its place in the run of the lowest inertia of all. */
export interface ClusterMatch {
  /** Images in both clusters, as a share of those in either. */
  readonly sharedRows: number;
  /** Root mean squared difference of the two centroids, in pixel values. */
  readonly centroidDifference: number;
}

/**
 * The best run (lowest inertia) of one kind of start, in detail. Its clusters stand in the order of those of the best
 * run of all that they match best; these are in the order of their majority classes, the larger first.
 */
export interface KMeansRepresentative {
  /** Choice of the initial centroids. */
  readonly start: KMeansStart;
  /** Seed of the run, whose numbers are in `runs`. */
  readonly seed: number;
  /** Images by class (row) and cluster (column). */
  readonly contingency: readonly (readonly number[])[];
  /** Images in each cluster. */
  readonly clusterSizes: readonly number[];
  /** The most frequent class of each cluster. */
  readonly majorityClasses: readonly number[];
  /** Each cluster beside its match in the best run of all. */
  readonly matches: readonly ClusterMatch[];
  /** Share of each class that lies in clusters where it is the majority. */
  readonly classRecall: readonly number[];
  /** Pairs of classes that share a cluster, the largest share first. */
  readonly sharedClusters: readonly SharedCluster[];
  /** The centroids. */
  readonly centroids: Sprite;
  /** The images nearest to their centroid: one row per cluster. */
  readonly nearest: Sprite;
  /** The images farthest from their centroid: one row per cluster. */
  readonly farthest: Sprite;
  /** Centroids across the iterations. */
  readonly frames: CentroidFrames;
}

/** The payload of the experiment `kmeans-init`. */
export interface KMeansInitPayload {
  /** Number of clusters. */
  readonly clusters: number;
  /** Every run. */
  readonly runs: readonly KMeansRun[];
  /** The best run of each kind of start. */
  readonly representatives: readonly KMeansRepresentative[];
}

const start = oneOf<KMeansStart>(["random", "k-means++", "class-means"]);

const run = record<KMeansRun>({
  start,
  seed: count,
  iterations: positive,
  converged: flag,
  inertia: magnitude,
  inertiaHistory: list(magnitude, 1),
  purity: share,
  nmi: share,
  ari: index,
  elapsedMs: magnitude,
});

const representative = record<KMeansRepresentative>({
  start,
  seed: count,
  contingency: countTable,
  clusterSizes: list(count, 1),
  majorityClasses: list(count, 1),
  matches: list(record<ClusterMatch>({ sharedRows: share, centroidDifference: magnitude }), 1),
  classRecall: list(share, 1),
  sharedClusters: list(
    record<SharedCluster>({ cluster: count, classes: list(count, 2), counts: list(count, 2) }),
  ),
  centroids: sprite,
  nearest: sprite,
  farthest: sprite,
  frames: record<CentroidFrames>({
    iterations: list(count, 1),
    inertia: list(magnitude, 1),
    centroids: sprite,
  }),
});

/** The schema of {@link KMeansInitPayload}. */
export const kMeansInitPayload: z.ZodType<KMeansInitPayload> = record<KMeansInitPayload>({
  clusters: positive,
  runs: list(run, 1),
  representatives: list(representative, 1),
});

/** The result of the experiment `kmeans-init`. */
export type KMeansInitResult = Envelope<"kmeans-init", KMeansInitPayload>;
