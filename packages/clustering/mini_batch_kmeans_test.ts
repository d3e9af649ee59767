import assert from "node:assert/strict";
import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import {
  assertAllClose,
  assertNoLeak,
  normalMatrix,
  testRounds,
} from "@mixtape/tensor-utils/testing";
import { BatchMonitor } from "./batch_monitor.ts";
import { inertia } from "./inertia.ts";
import { kMeans } from "./kmeans.ts";
import { miniBatchKMeans, type MiniBatchKMeansOptions } from "./mini_batch_kmeans.ts";
import { reassignStarved } from "./starved_clusters.ts";

await useBackend("cpu");

/** 900 rows around nine points. */
function blobs(seed: number): HostMatrix {
  return normalMatrix(seed, 900, 2, (i, j) => 12 * (j === 0 ? i % 3 : Math.floor(i % 9 / 3)));
}

Deno.test("miniBatchKMeans() comes near the inertia of kMeans() for every seed", async () => {
  for (let seed = 0; seed < testRounds(10); seed++) {
    const x = blobs(seed);
    using batches = await miniBatchKMeans(x, { clusters: 9, seed, batchSize: 200 });
    using full = await kMeans(x, { clusters: 9, seed, restarts: 5 });
    assert.ok(batches.inertia < 1.1 * full.inertia, `seed ${seed}`);
    assertAllClose([batches.inertia], [await inertia(x, batches.centroids)], { rtol: 1e-12 });
    assert.equal(batches.inertiaHistory.length, batches.iterations);
    assert.deepEqual(await batches.predict(x), batches.labels);
  }
});

Deno.test("miniBatchKMeans() gives the same for the same seed", async () => {
  const x = blobs(1);
  using a = await miniBatchKMeans(x, { clusters: 9, seed: 2, batchSize: 100 });
  using b = await miniBatchKMeans(x, { clusters: 9, seed: 2, batchSize: 100 });
  assert.deepEqual(a.toJSON(), b.toJSON());
});

Deno.test("miniBatchKMeans() takes any start, weights, and stops at maxIterations or by tolerance", async () => {
  const x = blobs(3);
  const labels = Int32Array.from({ length: 900 }, (_, i) => i % 9);
  for (const init of ["random", "class-means"] as const) {
    using model = await miniBatchKMeans(x, {
      clusters: 9,
      init,
      labels,
      sampleWeight: labels.map((label) => label + 1),
      maxIterations: 1,
      batchSize: 90,
    });
    assert.ok(model.iterations <= 10);
  }
  using loose = await miniBatchKMeans(x, { clusters: 9, tolerance: 10 });
  assert.deepEqual([loose.iterations, loose.converged], [2, true]);
});

Deno.test("miniBatchKMeans() keeps the mean of all rows it ever drew, not of the last batch", async () => {
  const x = normalMatrix(1, 1000, 1);
  const mean = x.values.reduce((sum, value) => sum + value, 0) / 1000;
  for (let seed = 0; seed < 5; seed++) {
    using model = await miniBatchKMeans(x, {
      clusters: 1,
      seed,
      batchSize: 10,
      maxIterations: 10,
      maxNoImprovement: 2000,
    });
    assertAllClose(model.centroids.values, [mean], { atol: 0.05 });
  }
});

Deno.test("miniBatchKMeans() survives fewer distinct rows than clusters", async () => {
  const x: HostMatrix = { values: new Float32Array(20), shape: [20, 1] };
  using model = await miniBatchKMeans(x, { clusters: 4, batchSize: 5 });
  assert.equal(model.inertia, 0);
  assert.ok(model.centroids.values.every((value) => value === 0));
});

Deno.test("miniBatchKMeans() stops when its signal is aborted, and leaves no tensor behind", async () => {
  const x = blobs(4);
  await assertNoLeak(async () => {
    const controller = new AbortController();
    const onIteration = () => controller.abort();
    await assert.rejects(
      miniBatchKMeans(x, { clusters: 3, onIteration, signal: controller.signal }),
      { name: "AbortError" },
    );
    using _model = await miniBatchKMeans(x, { clusters: 3 });
  });
});

const refusals: [options: Partial<MiniBatchKMeansOptions>, message: RegExp][] = [
  [{ batchSize: 0 }, /^Cannot use batchSize: 0/],
  [{ maxNoImprovement: 0 }, /^Cannot use maxNoImprovement: 0/],
  [{ reassignmentRatio: 2 }, /^Cannot use reassignmentRatio: 2/],
  [{ clusters: 901 }, /^Cannot fit 901 clusters/],
];

for (const [options, message] of refusals) {
  Deno.test(`miniBatchKMeans() refuses options: ${message.source}`, async () => {
    await assert.rejects(miniBatchKMeans(blobs(5), { clusters: 2, ...options }), { message });
  });
}

Deno.test("BatchMonitor.isStale() ignores the first batch and counts batches without a new low", () => {
  const monitor = new BatchMonitor(1, 2);
  assert.deepEqual([1, 9, 8, 8, 7, 7, 7].map((value) => monitor.isStale(value)), [
    false,
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
});

Deno.test("BatchMonitor.isStale() smooths by its share, beginning with the second batch", () => {
  const monitor = new BatchMonitor(0.25, 1);
  // Averages: 8, then 8·¾ + 4·¼ = 7, 7·¾ + 6.96·¼ = 6.99, and 6.99·¾ + 6.99·¼, no lower.
  const values = [100, 8, 4, 6.96, 6.99];
  assert.deepEqual(values.map((value) => monitor.isStale(value)), [
    false,
    false,
    false,
    false,
    true,
  ]);
});

Deno.test("reassignStarved() moves only clusters below the ratio, the least seen first", () => {
  const x: HostMatrix = {
    values: Float64Array.of(0, 0, 70, 71, 80, 81, 90, 91, 60, 61),
    shape: [5, 2],
  };
  const batch = { x, rows: Uint32Array.of(3, 1, 2, 4) };
  const centroids = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  // At the ratio is not below it; of three below, the batch has rows for two.
  const seen = Float64Array.of(3, 10, 1, 100, 1);
  reassignStarved(batch, centroids, seen, 0.1, random(3));
  const rows = [...random(3).sample(4, 2)].map((place) => {
    const first = 2 * batch.rows[place];
    return [...x.values.slice(first, first + 2)];
  });
  assert.deepEqual([...centroids], [1, 2, 3, 4, ...rows[0], 7, 8, ...rows[1]]);
  assert.deepEqual([...seen], [3, 10, 3, 100, 3]);
});

Deno.test("reassignStarved() moves no cluster to a row without weight", () => {
  const x = { values: Float64Array.of(0, 1, 2, 3), shape: [4, 1] as const };
  const batch = { x, rows: Uint32Array.of(0, 1, 2, 3), weights: Float64Array.of(0, 0, 0.5, 2) };
  for (let seed = 0; seed < 20; seed++) {
    const centroids = Float64Array.of(9, 9, 9);
    reassignStarved(batch, centroids, Float64Array.of(100, 0, 0), 0.1, random(seed));
    assert.equal(centroids.filter((value) => value === 9).length, 2);
    assert.ok(centroids.every((value) => value >= 2));
  }
  const centroids = Float64Array.of(9, 9);
  const none = { ...batch, weights: new Float64Array(4) };
  reassignStarved(none, centroids, Float64Array.of(100, 0), 0.1, random(0));
  assert.deepEqual([...centroids], [9, 9]);
});

Deno.test("reassignStarved() moves starved clusters to rows of the batch, half as many at most", () => {
  const x: HostMatrix = { values: new Float32Array([7, 7, 7, 7]), shape: [4, 1] };
  const batch = { x, rows: Uint32Array.of(0, 1, 2, 3) };
  const centroids = new Float64Array([1, 2, 3, 4]);
  const seen = new Float64Array([100, 0, 0.5, 0.2]);
  reassignStarved(batch, centroids, seen, 0.01, random(0));
  assert.deepEqual([...centroids], [1, 7, 3, 7]);
  assert.deepEqual([...seen], [100, 0.5, 0.5, 0.5]);
});
