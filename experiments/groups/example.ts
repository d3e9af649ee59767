import { exampleTableEnvelope } from "@mixtape/report-site/testing";
import { covariances, type GroupsResult } from "./result.ts";

const rows = [52, 45, 23];

/** A made-up result that conforms, for tests: silhouette does not tell 3 clusters from 2. */
export const example: GroupsResult = exampleTableEnvelope("groups", {
  searchRows: 110,
  silhouetteRows: 100,
  seeds: 3,
  clusterings: [0.5, 0.52, 0.41, 0.3].map((silhouette, at) => ({
    clusters: at + 2,
    silhouettes: [-0.025, 0, 0.025].map((shift) => silhouette + shift),
    agreements: [0.99 - 0.1 * at, 0.95 - 0.1 * at, 0.91 - 0.1 * at],
  })),
  oneGaussian: { rows: 90, silhouette: 0.53, sets: 19, reached: 0 },
  dimensions: 2,
  varianceShare: 0.87,
  trials: covariances.flatMap((covariance, at) =>
    [1, 2, 3, 4].map((components) => ({
      covariance,
      components,
      bic: covariance === "full" && components === 4
        ? null
        : 900 + 37 * at + 8.5 * (components - 2) ** 2,
      isShrunken: covariance === "tied" && components > 2,
      converged: components !== 3,
    }))
  ),
  patience: 3,
  mixture: {
    covariance: "full",
    weights: [0.63, 0.37],
    agreements: [0.98, 0.86, 0.83],
    agreementWithClusters: 0.72,
  },
  clusters: rows.map((rows, at) => ({
    rows,
    spread: 0.85 + 0.13 * at,
    nearest: { row: 17 + 40 * at, id: at === 1 ? null : `r${16 + 40 * at}` },
  })),
  profiles: [
    { name: "weight", share: 0.91, means: [20.5, 31.25, 47.75] },
    { name: "length", share: 0.64, means: [3.5, 1.25, null] },
    { name: "width", share: 0.12, means: [10.5, 11.75, 12.25] },
  ],
  map: {
    shares: [0.62, 0.25],
    x: Array.from({ length: 12 }, (_, i) => 2 * (i % 3) - 0.17 * i),
    y: Array.from({ length: 12 }, (_, i) => 0.31 * i - (i % 3)),
    cluster: Array.from({ length: 12 }, (_, i) => i % 3),
  },
  classes: {
    clusters: { ari: 0.57, ami: 0.61 },
    components: { ari: 0.44, ami: 0.49 },
    counts: [[50, 2, 18], [2, 43, 5]],
  },
  centroids: null,
});
