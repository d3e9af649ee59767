export { kMeans } from "./kmeans.ts";
export { kMeansFromJSON } from "./kmeans_from_json.ts";
export { type Centroids, type KMeansFit, type KMeansJSON, KMeansModel } from "./kmeans_model.ts";
export type { KMeansInit, KMeansOptions } from "./kmeans_options.ts";
export type { KMeansIteration } from "./lloyd_run.ts";
