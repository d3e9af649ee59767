import { adjustedMutualInformation, kMeans, silhouette } from "@mixtape/clustering";
import { useBackend } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { recordPart, recordRun } from "../run/testing/record_run.ts";
import { tinyData } from "../run/testing/tiny_data.ts";
import type { ClustersRun } from "./result.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const data = tinyData();
const { train } = data.inDistribution;

Deno.test("kmeans-clusters runs each seed with each number of clusters on the training images", async () => {
  const parameters = {
    seeds: 2,
    fewest: 2,
    most: 4,
    silhouetteRows: 20,
    tolerance: 0.01,
    maxIterations: 4,
  };
  const { payload, stages, notes } = await recordRun(run, data, 7, parameters);
  const expected: ClustersRun[] = [];
  for (const seed of [7, 8]) {
    for (const clusters of [2, 3, 4]) {
      using model = await kMeans(train.images, {
        clusters,
        seed,
        tolerance: 0.01,
        maxIterations: 4,
      });
      const { iterations, converged, inertia, labels } = model;
      const { mean } = await silhouette(train.images, labels, { maxRows: 20, seed });
      const ami = adjustedMutualInformation(train.labels, labels);
      expected.push({ seed, clusters, iterations, converged, inertia, silhouette: mean, ami });
    }
  }
  assert(new Set(expected.map(({ converged }) => converged)).size === 2);
  assert.deepEqual(payload, { rows: 41, silhouetteRows: 20, runs: expected });
  assert.deepEqual(stages, ["seed 7", "seed 8"]);
  const each = ["K = 2", "K = 3", "K = 4", "silhouettes"];
  assert.deepEqual(
    notes,
    [7, 8].flatMap((seed) => each.map((note) => `seed ${seed}, ${note}`)),
  );
});

Deno.test("kmeans-clusters draws no more rows than there are", async () => {
  const parameters = { seeds: 1, fewest: 2, most: 2, silhouetteRows: 500 };
  const { payload } = await recordRun(run, data, 7, parameters);
  assert.equal(payload.silhouetteRows, 41);
});

Deno.test("the part seed of kmeans-clusters gives the runs of one seed", async () => {
  const parameters = { seeds: 2, fewest: 2, most: 3, silhouetteRows: 20 };
  const { payload } = await recordRun(run, data, 7, parameters);
  const alone = await recordPart(run, data, 7, parameters, "seed", { seed: 8 });
  assert.deepEqual(alone, payload.runs.filter(({ seed }) => seed === 8));
});
