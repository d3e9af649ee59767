import type { Envelope } from "@mixtape/results";
import { count, flag, index, list, magnitude, positive, record } from "@mixtape/results/schema";
import type { z } from "zod";

/** One run of k-means with one number of clusters. */
export interface ClustersRun {
  /** Seed of the start and of the rows that the silhouette is taken on. */
  readonly seed: number;
  /** Number of clusters. */
  readonly clusters: number;
  /** Iterations until it stopped. */
  readonly iterations: number;
  /** True if it stopped because nothing moved. */
  readonly converged: boolean;
  /** Sum of squared distances to the own centroid, in squared pixel values. */
  readonly inertia: number;
  /** Mean silhouette of the drawn rows. */
  readonly silhouette: number;
  /** Adjusted mutual information with the classes. */
  readonly ami: number;
}

/** Result of the experiment `kmeans-clusters`. */
export interface KMeansClustersPayload {
  /** Rows that were clustered. */
  readonly rows: number;
  /** Rows that each silhouette is the mean of; each seed draws its own, the same for all its runs. */
  readonly silhouetteRows: number;
  /** Every run: each seed with each number of clusters. */
  readonly runs: readonly ClustersRun[];
}

/** The schema of {@link KMeansClustersPayload}. */
export const kMeansClustersPayload: z.ZodType<KMeansClustersPayload> = record<
  KMeansClustersPayload
>({
  rows: positive,
  silhouetteRows: positive,
  runs: list(
    record<ClustersRun>({
      seed: count,
      clusters: positive,
      iterations: positive,
      converged: flag,
      inertia: magnitude,
      silhouette: index,
      ami: index,
    }),
    1,
  ),
});

/** The result of the experiment `kmeans-clusters`. */
export type KMeansClustersResult = Envelope<"kmeans-clusters", KMeansClustersPayload>;
