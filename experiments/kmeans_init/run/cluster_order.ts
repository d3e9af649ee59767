import type { KMeansModel } from "@mixtape/clustering";
import { squaredDistance } from "@mixtape/tensor-utils";
import { indicesOf } from "../../indices_of.ts";
import { majorityOf } from "../../run/majority_of.ts";
import { matchCentroids } from "../../run/match_centroids.ts";
import type { ClusterMatch } from "../result.ts";

/** A clustering whose clusters may stand in another order than that in which they were found. */
export type KMeansClustering = Pick<KMeansModel, "labels" | "centroids" | "clusterSizes">;

/**
 * The clusters in the order of their majority classes, the larger first.
 *
 * @param model The clustering.
 * @param truth Class of each row.
 */
export function orderByMajority(
  { labels, centroids, clusterSizes }: KMeansClustering,
  truth: ArrayLike<number>,
): number[] {
  const [k] = centroids.shape;
  const majorities = majorityOf(truth, labels, k);
  return indicesOf(k).sort((a, b) =>
    majorities[a] - majorities[b] || clusterSizes[b] - clusterSizes[a]
  );
}

/**
 * The clusters in the order of those of a reference that they match, so that the sum of squared differences of their
 * centroids is least.
 *
 * @param model The clustering.
 * @param reference A clustering with as many clusters.
 */
export function orderLike(model: KMeansClustering, reference: KMeansClustering): number[] {
  return matchCentroids(reference.centroids, model.centroids);
}

/** Brings the clusters of a clustering into another order. */
export function reordered(
  { labels, centroids: { values, shape }, clusterSizes }: KMeansClustering,
  order: readonly number[],
): KMeansClustering {
  const placeOf = new Int32Array(order.length);
  order.forEach((cluster, place) => placeOf[cluster] = place);
  return {
    labels: labels.map((cluster) => placeOf[cluster]),
    centroids: { values: reorderedRows(Float64Array.from(values), order), shape },
    clusterSizes: Uint32Array.from(order, (cluster) => clusterSizes[cluster]),
  };
}

/** Brings the rows of a matrix into another order. */
export function reorderedRows(values: Float64Array, order: readonly number[]): Float64Array {
  const d = values.length / order.length;
  const moved = new Float64Array(values.length);
  order.forEach((from, to) => moved.set(values.subarray(d * from, d * (from + 1)), d * to));
  return moved;
}

/** Sets each cluster beside the one in its place. */
export function matchesOf(model: KMeansClustering, reference: KMeansClustering): ClusterMatch[] {
  const [k, d] = model.centroids.shape;
  const both = new Uint32Array(k);
  model.labels.forEach((label, row) => both[label] += Number(reference.labels[row] === label));
  return indicesOf(k).map((cluster) => {
    const either = model.clusterSizes[cluster] + reference.clusterSizes[cluster] - both[cluster];
    const squared = squaredDistance(model.centroids, cluster, reference.centroids, cluster);
    return {
      sharedRows: both[cluster] / Math.max(1, either),
      centroidDifference: Math.sqrt(squared / d),
    };
  });
}
