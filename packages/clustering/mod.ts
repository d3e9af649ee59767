export { adjustedMutualInformation } from "./adjusted_mutual_information.ts";
export { adjustedRandIndex } from "./adjusted_rand_index.ts";
export { type ContingencyTable, contingencyTable, majorityClasses } from "./contingency_table.ts";
export { inertia } from "./inertia.ts";
export { kMeans } from "./kmeans.ts";
export { kMeansFromJSON } from "./kmeans_from_json.ts";
export { type Centroids, type KMeansFit, type KMeansJSON, KMeansModel } from "./kmeans_model.ts";
export type { KMeansInit, KMeansOptions } from "./kmeans_options.ts";
export type { KMeansIteration } from "./lloyd_run.ts";
export { normalizedMutualInformation } from "./normalized_mutual_information.ts";
export { perClassRecall } from "./per_class_recall.ts";
export { purity } from "./purity.ts";
export { type Silhouette, silhouette, type SilhouetteOptions } from "./silhouette.ts";
export { kMeansMissing, type KMeansMissingOptions } from "./kmeans_missing.ts";
export {
  type KMeansMissingFit,
  KMeansMissingModel,
  type MissingMethod,
} from "./kmeans_missing_model.ts";
export {
  missingObjective,
  missingObjectiveGradient,
  type MissingObjectiveOptions,
} from "./missing_objective.ts";
export type { PriorMean } from "./prior_mean.ts";
