import { exampleEnvelope } from "@mixtape/report-site/testing";
import type { ClustersRun, KMeansClustersResult } from "./result.ts";

/** By numbers of clusters from 2 to 6: the elbow is at 4, silhouette does not tell 3 from 4. */
const inertia = [9e6, 7e6, 5e6, 4.5e6, 4.2e6];
const silhouette = [0.3, 0.4, 0.41, 0.3, 0.2];
const ami = [0.3, 0.5, 0.6, 0.7, 0.65];

function run(seed: number, at: number): ClustersRun {
  const shift = seed - 8;
  return {
    seed,
    clusters: at + 2,
    iterations: 10 + at,
    converged: seed !== 9 || at !== 4,
    inertia: inertia[at] * (1 + 0.001 * shift),
    silhouette: silhouette[at] + 0.01 * shift,
    ami: ami[at] + 0.01 * shift,
  };
}

/** A made-up result that conforms, for tests. */
export const example: KMeansClustersResult = exampleEnvelope("kmeans-clusters", {
  rows: 400,
  silhouetteRows: 200,
  runs: [7, 8, 9].flatMap((seed) => inertia.map((_, at) => run(seed, at))),
});
