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

/** How the first centroids are chosen. */
export type KMeansStart = "random" | "k-means++" | "class-means";

/** One run of k-means from one start. */
export interface KMeansRun {
  /** How the first centroids were chosen. */
  readonly start: KMeansStart;
  /** Seed of the start. */
  readonly seed: number;
  /** Iterations until it stopped. */
  readonly iterations: number;
  /** Whether it stopped because nothing moved. */
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

/** Centroids on their way, for looking at. */
export interface CentroidFrames {
  /** Iteration of each frame; 0 is the start. */
  readonly iterations: readonly number[];
  /** Inertia at each frame. */
  readonly inertia: readonly number[];
  /** One row of centroids a frame. */
  readonly centroids: Sprite;
}

/** Two classes that share a cluster. */
export interface SharedCluster {
  /** The cluster. */
  readonly cluster: number;
  /** The two classes, the more frequent in this cluster first. */
  readonly classes: readonly number[];
  /** How many images of each of the two the cluster holds. */
  readonly counts: readonly number[];
}

/** The best run (lowest inertia) of one way to start, looked at closely. */
export interface KMeansRepresentative {
  /** How it started. */
  readonly start: KMeansStart;
  /** Its seed; `runs` holds its numbers. */
  readonly seed: number;
  /** Images by class (row) and cluster (column). */
  readonly contingency: readonly (readonly number[])[];
  /** Images in each cluster. */
  readonly clusterSizes: readonly number[];
  /** The most frequent class of each cluster. */
  readonly majorityClasses: readonly number[];
  /** Share of each class that lies in clusters where it is the majority. */
  readonly classRecall: readonly number[];
  /** Pairs of classes that share a cluster, the largest share first. */
  readonly sharedClusters: readonly SharedCluster[];
  /** The centroids. */
  readonly centroids: Sprite;
  /** The images nearest to their centroid: one row a cluster. */
  readonly nearest: Sprite;
  /** The images farthest from their centroid: one row a cluster. */
  readonly farthest: Sprite;
  /** Centroids across the iterations. */
  readonly frames: CentroidFrames;
}

/** What the experiment `kmeans-init` found. */
export interface KMeansInitPayload {
  /** Number of clusters. */
  readonly clusters: number;
  /** Every run. */
  readonly runs: readonly KMeansRun[];
  /** The best run of each way to start. */
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
