import { classNames, exampleEnvelope, exampleSprite } from "@mixtape/report-site/testing";
import { indicesOf } from "../indices_of.ts";
import type { KMeansInitResult, KMeansStart } from "./result.ts";

const starts: readonly KMeansStart[] = ["random", "k-means++", "class-means"];

function kMeansInitResult(): KMeansInitResult {
  const seedsOf = (start: KMeansStart) => start === "class-means" ? [7] : [7, 8, 9];
  const runs = starts.flatMap((start, at) =>
    seedsOf(start).map((seed) => {
      const iterations = 10 + 4 * at + (seed - 7);
      const inertia = 1.5e11 * (1 + 0.002 * at + 0.001 * (seed - 7));
      return {
        start,
        seed,
        iterations,
        converged: seed !== 9,
        inertia,
        inertiaHistory: indicesOf(iterations).map((step) => inertia * (1 + 0.5 / (step + 1) ** 2)),
        purity: 0.6 - 0.01 * at,
        nmi: 0.5,
        ari: 0.4,
        elapsedMs: 1234,
      };
    })
  );
  return exampleEnvelope("kmeans-init", {
    clusters: classNames.length,
    runs,
    representatives: starts.map((start, at) => {
      const slug = start.replace("++", "-plus-plus");
      return {
        start,
        seed: 7,
        contingency: [[80, 5, 3, 22], [1, 60, 20, 9], [0, 40, 65, 0], [70, 0, 0, 25]],
        clusterSizes: [151, 105, 88, 56],
        majorityClasses: [0, 1, 2, 3],
        matches: classNames.map((_, cluster) => ({
          sharedRows: at === 0 ? 1 : 0.9 - 0.2 * cluster - 0.05 * at,
          centroidDifference: at === 0 ? 0 : 3 + 10 * cluster + at,
        })),
        classRecall: [0.73, 0.67, 0.62, 0.26],
        sharedClusters: [{ cluster: 0, classes: [0, 3], counts: [80, 70] }],
        centroids: exampleSprite(
          `kmeans-init/${slug}-centroids.png`,
          classNames.length,
          classNames.length,
        ),
        nearest: exampleSprite(`kmeans-init/${slug}-nearest.png`, 10, 10 * classNames.length),
        farthest: exampleSprite(`kmeans-init/${slug}-farthest.png`, 10, 10 * classNames.length),
        frames: {
          iterations: [0, 1, 5 + at],
          inertia: [2.4e11 - 1e10 * at, 1.9e11, 1.5e11],
          centroids: exampleSprite(
            `kmeans-init/${slug}-frames.png`,
            classNames.length,
            3 * classNames.length,
          ),
        },
      };
    }),
  });
}

/** A made-up result that conforms, for tests. */
export const example: KMeansInitResult = kMeansInitResult();
