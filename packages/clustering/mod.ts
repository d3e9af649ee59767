/**
 * k-means and its relatives, and measures of a clustering, on TensorFlow.js: counterparts of
 * scikit-learn's `KMeans` and `MiniBatchKMeans`, k-means for data with missing entries, and purity,
 * mutual information, Rand index and silhouette.
 *
 * @example Cluster, measure, predict
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedRandIndex, kMeans } from "@mixtape/clustering";
 *
 * const x = { values: new Float32Array([1, 2, 1, 4, 9, 2, 9, 4]), shape: [4, 2] } as const;
 * using model = await kMeans(x, { clusters: 2, seed: 42 });
 * assert.equal(adjustedRandIndex([0, 0, 1, 1], model.labels), 1);
 *
 * const [cluster] = await model.predict({ values: new Float32Array([8, 3]), shape: [1, 2] });
 * assert.equal(cluster, model.labels[2]);
 * ```
 *
 * @module
 */
export * from "./measures.ts";
export {
  assignBlock,
  type AssignmentTotal,
  type BlockAssignment,
  totalOfBlocks,
} from "./assign_block.ts";
export type { ClusterMoments } from "./empty_clusters.ts";
export { inertia, type InertiaOptions } from "./inertia.ts";
export { kMeans } from "./kmeans.ts";
export { kMeansFromJSON } from "./kmeans_from_json.ts";
export { type Centroids, type KMeansFit, type KMeansJSON, KMeansModel } from "./kmeans_model.ts";
export type { KMeansInit, KMeansOptions } from "./kmeans_options.ts";
export type { KMeansIteration } from "./lloyd_run.ts";
export { type Silhouette, silhouette, type SilhouetteOptions, silhouettes } from "./silhouette.ts";
export { kMeansMissing, type KMeansMissingOptions } from "./kmeans_missing.ts";
export {
  type KMeansMissingFit,
  type KMeansMissingJSON,
  KMeansMissingModel,
  type MissingMethod,
  type MissingPredictOptions,
} from "./kmeans_missing_model.ts";
export {
  missingObjective,
  missingObjectiveGradient,
  type MissingObjectiveOptions,
} from "./missing_objective.ts";
export type { PriorMean } from "./prior_mean.ts";
export { miniBatchKMeans, type MiniBatchKMeansOptions } from "./mini_batch_kmeans.ts";
export type {
  Abortable,
  HostMatrix,
  JSONNumber,
  Label,
  MatrixLike,
  MatrixRows,
  MatrixValues,
  RowsLike,
  RowSource,
  TensorMatrix,
  ValuesMatrix,
} from "@mixtape/tensor-utils";
