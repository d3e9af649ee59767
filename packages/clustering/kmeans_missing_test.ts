import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, random, takeRows, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak } from "@mixtape/tensor-utils/testing";
import { filledWith, holedRows } from "./fixtures/holed_rows.ts";
import { kMeans } from "./kmeans.ts";
import { kMeansMissing, type KMeansMissingOptions } from "./kmeans_missing.ts";
import type { MissingMethod } from "./kmeans_missing_model.ts";
import { missingObjective } from "./missing_objective.ts";

await useBackend("cpu");

const methods: MissingMethod[] = ["gaussian-prior", "mean-imputation", "complete-rows", "k-pod"];

function countMissing(x: HostMatrix): number {
  return x.values.filter(Number.isNaN).length;
}

const problem = fc.record({
  seed: fc.integer({ min: 0, max: 99 }),
  n: fc.integer({ min: 12, max: 40 }),
  d: fc.integer({ min: 1, max: 5 }),
  rate: fc.double({ min: 0, max: 0.9, noNaN: true }),
  clusters: fc.integer({ min: 1, max: 5 }),
});

Deno.test("kMeansMissing() property: the derived rule is Lloyd's on filled data plus c a missing entry", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, rate, clusters }) => {
      const x = holedRows(seed, n, d, rate);
      const source = random(seed);
      const priorMean = Float64Array.from({ length: d }, () => source.normal());
      const options = { clusters, seed, tolerance: 0 };
      const variance = 0.25;
      using derived = await kMeansMissing(x, { ...options, priorMean, variance });
      using filled = await kMeans(filledWith(x, priorMean), options);
      assert.deepEqual(derived.labels, filled.labels);
      assert.deepEqual(derived.centroids, filled.centroids);
      const expected = filled.inertia + variance * countMissing(x);
      assertAllClose([derived.objective], [expected], { rtol: 5e-15 });
      const evaluated = await missingObjective(x, derived.centroids, derived.labels, {
        priorMean,
        variance,
      });
      assertAllClose([evaluated], [derived.objective], { rtol: 1e-12, atol: 1e-12 });
    }),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("kMeansMissing() property: c moves the objective and never an assignment", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, rate, clusters }) => {
      const x = holedRows(seed, n, d, rate);
      using small = await kMeansMissing(x, { clusters, seed, variance: 1e-3 });
      using large = await kMeansMissing(x, { clusters, seed, variance: 1e3 });
      assert.deepEqual(large.labels, small.labels);
      assert.deepEqual(large.centroids, small.centroids);
      const difference = (1e3 - 1e-3) * countMissing(x);
      assertAllClose([large.objective - small.objective], [difference], { rtol: 1e-9, atol: 1e-9 });
    }),
    { seed: 1, numRuns: 30 },
  );
});

Deno.test("kMeansMissing() property: no method ever raises its objective", async () => {
  await fc.assert(
    fc.asyncProperty(problem, fc.constantFrom(...methods), async (given, method) => {
      const { seed, n, d, rate, clusters } = given;
      const x = holedRows(seed, n, d, rate);
      using model = await kMeansMissing(x, { clusters, seed, method, init: "random", restarts: 1 });
      const history = model.objectiveHistory;
      assert.equal(history.length, model.iterations);
      history.forEach((objective, i) => {
        assert.ok(i === 0 || objective <= history[i - 1] * (1 + 1e-12) + 1e-12);
      });
      assert.ok(model.objective <= history[history.length - 1] * (1 + 1e-12) + 1e-12);
      assert.ok(model.centroids.values.every(Number.isFinite));
      assert.equal(model.labels.length, n);
    }),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("kMeansMissing() property: every method is k-means where nothing is missing", async () => {
  await fc.assert(
    fc.asyncProperty(problem, fc.constantFrom(...methods), async (given, method) => {
      const { seed, n, d, clusters } = given;
      const x = holedRows(seed, n, d, 0);
      using model = await kMeansMissing(x, { clusters, seed, method, tolerance: 0 });
      using plain = await kMeans(x, { clusters, seed, tolerance: 0 });
      assert.deepEqual(model.labels, plain.labels);
      assertAllClose(model.centroids.values, plain.centroids.values, { rtol: 1e-12, atol: 1e-12 });
      assertAllClose([model.objective], [plain.inertia], { rtol: 1e-12, atol: 1e-12 });
    }),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("kMeansMissing() imputes means as a prior at the feature means does", async () => {
  const x = holedRows(4, 40, 3, 0.4);
  using imputed = await kMeansMissing(x, { clusters: 3, method: "mean-imputation" });
  using prior = await kMeansMissing(x, { clusters: 3, priorMean: "feature-mean", variance: 2 });
  assert.deepEqual(imputed.labels, prior.labels);
  assert.equal(imputed.objective, imputed.inertia);
  assert.equal(prior.objective, imputed.inertia + 2 * countMissing(x));
});

Deno.test("kMeansMissing() fits complete rows alone, and labels the others by what they show", async () => {
  const x = holedRows(5, 40, 3, 0.3);
  const complete = [...Array(40).keys()].filter((i) =>
    !x.values.subarray(i * 3, i * 3 + 3).some(Number.isNaN)
  );
  using model = await kMeansMissing(x, { clusters: 3, method: "complete-rows" });
  using plain = await kMeans(takeRows(x, complete), { clusters: 3 });
  assert.deepEqual(model.centroids, plain.centroids);
  assert.deepEqual(complete.map((row) => model.labels[row]), [...plain.labels]);
  assert.equal(model.fittedRows, complete.length);
  assert.deepEqual(await model.predict(x), model.labels);
});

Deno.test("kMeansMissing() starts complete rows from the means of their own classes", async () => {
  const values = Float64Array.of(NaN, 1, 0, 2, 50, 51, 2, 4, 9, NaN, 60, 65);
  const labels = ["b", "a", "b", "a", "a", "b"];
  const starts: Float64Array[] = [];
  using model = await kMeansMissing({ values, shape: [6, 2] }, {
    clusters: 2,
    method: "complete-rows",
    init: "class-means",
    labels,
    onIteration: ({ centroids }) => starts.push(centroids.values),
  });
  assert.deepEqual([...starts[0]], [1, 3, 55, 58]);
  assert.deepEqual([...model.labels], [0, 0, 1, 0, 0, 1]);
  assert.deepEqual(model.classes, ["a", "b"]);
  assert.deepEqual([model.fittedRows, model.missingCount], [4, 2]);
});

Deno.test("kMeansMissing() records its method, its rows and what it filled in", async () => {
  const values = Float32Array.of(0, 5, NaN, 6, 40, NaN, 50, 45);
  const given = { values, shape: [4, 2] } as const;
  const priors = {
    "gaussian-prior": [7.1, 3.3].map(Math.fround),
    "mean-imputation": [30, 56 / 3].map(Math.fround),
    "complete-rows": undefined,
    "k-pod": undefined,
  };
  for (const method of methods) {
    using model = await kMeansMissing(given, { clusters: 2, method, priorMean: [7.1, 3.3] });
    assert.equal(model.method, method);
    assert.ok(Object.isFrozen(model));
    assert.equal(model.missingCount, 2);
    assert.equal(model.fittedRows, method === "complete-rows" ? 2 : 4);
    assert.deepEqual(model.priorMean && [...model.priorMean], priors[method]);
    const constant = method === "gaussian-prior" ? 2 : 0;
    assertAllClose([model.objective], [model.inertia + constant], { rtol: 1e-12 });
    assertAllClose(model.objectiveHistory, model.inertiaHistory.map((value) => value + constant), {
      rtol: 1e-12,
    });
  }
  const wide = { values: Float64Array.from(values), shape: [4, 2] } as const;
  using model = await kMeansMissing(wide, { clusters: 2, priorMean: [7.1, 3.3] });
  assert.deepEqual([...model.priorMean!], [7.1, 3.3]);
  using zero = await kMeansMissing(wide, { clusters: 2 });
  assert.deepEqual([...zero.priorMean!], [0, 0]);
});

Deno.test("kMeansMissing() takes as many clusters as rows are complete, and no more", async () => {
  const values = Float64Array.of(NaN, 1, 0, 2, 5, 5, 2, NaN);
  const options = { method: "complete-rows" } as const;
  using model = await kMeansMissing({ values, shape: [4, 2] }, { clusters: 2, ...options });
  assert.equal(model.objective, 0);
  await assert.rejects(kMeansMissing({ values, shape: [4, 2] }, { clusters: 3, ...options }), {
    message: /x has 2 of them among 4/,
  });
});

Deno.test("kMeansMissing() takes a mask for data that cannot hold NaN", async () => {
  const x = holedRows(8, 30, 2, 0.4);
  const mask = Uint8Array.from(x.values, (value) => Number.isNaN(value) ? 255 : 0);
  const bytes = Uint8Array.from(
    x.values,
    (value) => Number.isNaN(value) ? 77 : 10 * Math.abs(value),
  );
  const holed = Float64Array.from(bytes, (value, i) => mask[i] ? NaN : value);
  for (const method of methods) {
    const options: KMeansMissingOptions = { clusters: 2, method, priorMean: "feature-mean" };
    using masked = await kMeansMissing({ values: bytes, shape: x.shape }, { ...options, mask });
    using marked = await kMeansMissing({ values: holed, shape: x.shape }, options);
    assert.deepEqual(masked.labels, marked.labels, method);
    assertAllClose([masked.objective], [marked.objective], { rtol: 1e-6 });
    assert.equal(masked.missingCount, countMissing(x));
    const predicted = await masked.predict({ values: bytes, shape: x.shape }, { mask });
    const holes = await masked.predict({ values: holed, shape: x.shape });
    assert.deepEqual(predicted, holes, method);
  }
});

Deno.test("kMeansMissing() predicts the labels of the fit after converging", async () => {
  const x = holedRows(9, 40, 3, 0.3);
  for (const method of ["gaussian-prior", "mean-imputation"] as const) {
    using model = await kMeansMissing(x, { clusters: 3, method, tolerance: 0 });
    assert.deepEqual(await model.predict(x), model.labels);
  }
});

Deno.test("kMeansMissing() clusters rows and columns with nothing observed", async () => {
  const values = new Float64Array([NaN, NaN, NaN, 1, NaN, 2, NaN, 9, NaN, 8]);
  for (const method of ["gaussian-prior", "mean-imputation", "k-pod"] as const) {
    using model = await kMeansMissing({ values, shape: [5, 2] }, { clusters: 2, method });
    assert.ok(model.centroids.values.every(Number.isFinite), method);
    assert.equal(model.labels[1], model.labels[2]);
    assert.equal(model.labels[3], model.labels[4]);
  }
});

Deno.test("kMeansMissing() leaves no tensor behind, by any method", async () => {
  const x = holedRows(11, 30, 2, 0.3);
  await assertNoLeak(async () => {
    for (const method of methods) {
      using model = await kMeansMissing(x, { clusters: 2, method });
      await model.predict(x);
    }
  });
});

const x = holedRows(12, 12, 2, 0.99);
const refusals: [options: Partial<KMeansMissingOptions>, message: RegExp][] = [
  [
    { method: "knn" as MissingMethod },
    /^Cannot use method: "knn" was given, one of "gaussian-prior"/,
  ],
  [{ variance: 0 }, /^Cannot use variance: 0 was given, a finite number above 0 is needed$/],
  [{ priorMean: new Float64Array(3) }, /^Cannot use priorMean: it has 3 numbers, 2 are needed/],
  [{ priorMean: new Float64Array([1, NaN]) }, /^Cannot use priorMean\[1\]: NaN/],
  [
    { priorMean: "median" as "zero" },
    /"median" was given, "zero", "feature-mean" or one number per column is needed$/,
  ],
  [{ mask: new Uint8Array(3) }, /^Cannot use mask: it has 3 numbers, 24 are needed/],
  [
    { mask: new Set() as unknown as Uint8Array },
    /^Cannot use mask: a Set was given, an array such/,
  ],
  [{ clusters: 13 }, /^Cannot fit 13 clusters: x has 12 rows/],
  [
    { method: "complete-rows", clusters: 10 },
    /^Cannot fit 10 clusters to complete rows: x has \d of them among 12, at least 10 are needed/,
  ],
];

for (const [options, message] of refusals) {
  Deno.test(`kMeansMissing() refuses options: ${message.source}`, async () => {
    await assert.rejects(kMeansMissing(x, { clusters: 2, ...options }), { message });
  });
}

Deno.test("kMeansMissing() refuses infinities", async () => {
  const infinite: HostMatrix = { values: new Float32Array([1, Infinity]), shape: [2, 1] };
  await assert.rejects(kMeansMissing(infinite, { clusters: 1 }), { name: "RangeError" });
});
