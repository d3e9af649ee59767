import assert from "node:assert/strict";
import fc from "fast-check";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak } from "@mixtape/tensor-utils/testing";
import { filledWith, holedRows } from "./fixtures/holed_rows.ts";
import { observedCentroids } from "./fixtures/observed_centroids.ts";
import { inertia } from "./inertia.ts";
import { kMeansMissing } from "./kmeans_missing.ts";
import type { MissingMethod } from "./kmeans_missing_model.ts";
import type { KMeansIteration } from "./lloyd_run.ts";
import { missingEntries } from "./missing_entries.ts";

await useBackend("cpu");

const problem = fc.record({
  seed: fc.integer({ min: 0, max: 99 }),
  n: fc.integer({ min: 12, max: 40 }),
  d: fc.integer({ min: 1, max: 5 }),
  rate: fc.double({ min: 0, max: 0.9, noNaN: true }),
  clusters: fc.integer({ min: 1, max: 5 }),
});

Deno.test("kMeansMissing() by k-POD puts centroids at the means of what is observed", async () => {
  const x = holedRows(6, 60, 3, 0.5);
  using model = await kMeansMissing(x, { clusters: 3, method: "k-pod" });
  const [k, d] = model.centroids.shape;
  for (let index = 0; index < k * d; index++) {
    const seen = [...x.values].filter((value, i) =>
      i % d === index % d && model.labels[Math.floor(i / d)] === Math.floor(index / d) &&
      !Number.isNaN(value)
    );
    const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
    assertAllClose([model.centroids.values[index]], [mean], { rtol: 1e-12 });
  }
});

Deno.test("kMeansMissing() by k-POD ends lower than other methods in what it minimises", async () => {
  const x = holedRows(7, 90, 4, 0.5);
  const observed = async (method: MissingMethod) => {
    using model = await kMeansMissing(x, { clusters: 3, method });
    const own = filledWith(x, new Float64Array(4));
    const values = Float64Array.from(
      own.values,
      (value, i) =>
        Number.isNaN(x.values[i])
          ? model.centroids.values[model.labels[i >> 2] * 4 + i % 4]
          : value,
    );
    return await inertia({ values, shape: x.shape }, model.centroids, { labels: model.labels });
  };
  const kPod = await observed("k-pod");
  assert.ok(kPod < await observed("gaussian-prior"));
  assert.ok(kPod < await observed("mean-imputation"));
});

Deno.test("kMeansMissing() reports the iterations of k-POD, and stops when told to", async () => {
  const x = holedRows(10, 40, 3, 0.5);
  const seen: KMeansIteration[] = [];
  const options = { clusters: 3, method: "k-pod" } as const;
  using model = await kMeansMissing(x, { ...options, onIteration: (event) => seen.push(event) });
  assert.deepEqual(seen.map(({ inertia }) => inertia), [...model.objectiveHistory]);
  const controller = new AbortController();
  const onIteration = () => controller.abort();
  await assertNoLeak(async () => {
    await assert.rejects(
      kMeansMissing(x, { ...options, onIteration, signal: controller.signal }),
      { name: "AbortError" },
    );
  });
});

Deno.test("kMeansMissing() property: k-POD converges to rows nearest in what they show", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, rate, clusters }) => {
      const x = holedRows(seed, n, d, rate);
      using model = await kMeansMissing(x, { clusters, seed, method: "k-pod", tolerance: 0 });
      assert.ok(model.converged);
      const distance = (row: number, cluster: number) =>
        Array.from(x.values.subarray(row * d, row * d + d)).reduce(
          (sum, value, p) =>
            Number.isNaN(value)
              ? sum
              : sum + (value - model.centroids.values[cluster * d + p]) ** 2,
          0,
        );
      const predicted = await model.predict(x);
      predicted.forEach((label, row) => {
        assertAllClose([distance(row, model.labels[row])], [distance(row, label)], { atol: 1e-12 });
      });
    }),
    { seed: 2, numRuns: 60 },
  );
});

Deno.test("kMeansMissing() by k-POD ends on a grid, where rows tie between centroids", async () => {
  for (let seed = 0; seed < 100; seed++) {
    const source = random(seed);
    const values = Float64Array.from(
      { length: 60 },
      () => source.next() < 0.5 ? NaN : source.integer(3),
    );
    using model = await kMeansMissing({ values, shape: [20, 3] }, {
      clusters: 5,
      method: "k-pod",
      init: "random",
      restarts: 1,
      seed,
      tolerance: 0,
    });
    assert.ok(model.converged, `seed ${seed}`);
    const entries = await missingEntries({ values, shape: [20, 3] });
    const means = observedCentroids(entries, model.labels, model.centroids.values);
    assertAllClose(model.centroids.values, means, { rtol: 1e-9, atol: 1e-9 });
  }
});

Deno.test("kMeansMissing() by k-POD relocates again when a row ties with the one it left", async () => {
  const values = new Float64Array([5, NaN, 5, 7, 100, 0, 102, 0]);
  const init = { values: new Float64Array([0, 7, 101, 0, 1e4, 1e4]), shape: [3, 2] } as const;
  const options = { clusters: 3, method: "k-pod", init, tolerance: 0 } as const;
  using model = await kMeansMissing({ values, shape: [4, 2] }, options);
  assert.equal(model.objective, 0);
  assert.equal(model.clusterSizes.indexOf(0), -1);
});
