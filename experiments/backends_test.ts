/** Holds numbers on the embedded sample to be those of simd on a graphics processor, or an adapter of software. */
import assert from "node:assert/strict";
import { mlpClassifier } from "@mixtape/classifier";
import { chooseDataset } from "@mixtape/datasets";
import { gaussianMixture } from "@mixtape/mixture";
import { useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import { hasAdapter, startWebGpu } from "../packages/webgpu/testing/adapter.ts";
import { countTraffic } from "../packages/webgpu/testing/count_traffic.ts";
import { run as kmeansClusters } from "./kmeans_clusters/run.ts";
import { run as kmeansInit } from "./kmeans_init/run.ts";
import { recordRun } from "./run/testing/record_run.ts";

const ignore = !hasAdapter;
const sample = await chooseDataset("sample", { cacheDir: "data/cache" });
const { train, maxValue } = sample.inDistribution;

/** Largest difference of a number, as a share of it, or of 1 if that is more. */
const MOST = 1e-6;

function assertSame(found: unknown, wanted: unknown, path = ""): void {
  if (typeof wanted === "number" && typeof found === "number") {
    if (path.endsWith("Ms")) return;
    const error = Math.abs(found - wanted) / Math.max(1, Math.abs(wanted));
    assert.ok(error <= MOST, `${path}: ${found}, on simd ${wanted}`);
  } else if (typeof wanted === "object" && wanted !== null) {
    assert.deepEqual(Object.keys(found as object), Object.keys(wanted), path);
    for (const [key, value] of Object.entries(wanted)) {
      assertSame((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else assert.equal(found, wanted, path);
}

/** Compares what `work` gives on kernels of webgpu, which take what is small, too, and on simd. */
async function compare(work: () => Promise<unknown>): Promise<void> {
  registerWebGpuBackend();
  await useBackend("webgpu");
  await startWebGpu();
  let found: unknown;
  const { reads } = await countTraffic(async () => void (found = await work()));
  assert.ok(reads > 3, `${reads} reads of the device`);
  await useBackend("simd");
  assertSame(found, await work());
}

Deno.test("experiments with k-means have the numbers of simd on webgpu", { ignore }, async () => {
  await compare(async () => {
    const parameters = { ...kmeansInit.sample, seeds: 1 };
    return (await recordRun(kmeansInit, sample, 0, parameters)).payload;
  });
  await compare(async () => {
    const parameters = { ...kmeansClusters.sample, seeds: 1, most: 4, silhouetteRows: 200 };
    return (await recordRun(kmeansClusters, sample, 0, parameters)).payload;
  });
});

Deno.test("mixtures have the numbers of simd on webgpu", { ignore }, async () => {
  for (const covariance of ["full", "tied-diagonal"] as const) {
    await compare(async () => {
      const options = { components: 4, covariance, regularization: 1, maxIterations: 20 };
      using model = await gaussianMixture(train.images, options);
      const { weights, means, lowerBoundHistory } = model;
      return { weights, means, lowerBoundHistory, density: await model.logDensity(train.images) };
    });
  }
});

// With decay of weights, training is chaotic, and simd as far from float64 as webgpu is: packages/webgpu/README.md.
Deno.test("training without decay of weights has the losses of simd on webgpu", {
  ignore,
}, async () => {
  await compare(async () => {
    const options = { inputScale: 1 / maxValue, batchSize: 32, epochs: 5, learningRate: 0.002 };
    using model = await mlpClassifier(train.images, train.labels, options);
    return model.lossHistory;
  });
});
