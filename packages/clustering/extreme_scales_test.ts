import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type HostMatrix,
  nearestPoint,
  random,
  timesPowerOfTwo,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose, testRounds, testSeed } from "@mixtape/tensor-utils/testing";
import { inertia } from "./inertia.ts";
import { kMeans } from "./kmeans.ts";
import { kMeansFromJSON } from "./kmeans_from_json.ts";
import { kMeansMissing } from "./kmeans_missing.ts";
import type { KMeansModel } from "./kmeans_model.ts";
import type { MissingMethod } from "./kmeans_missing_model.ts";
import { miniBatchKMeans } from "./mini_batch_kmeans.ts";
import { missingObjective, missingObjectiveGradient } from "./missing_objective.ts";
import { silhouette } from "./silhouette.ts";

const column = (...values: number[]): HostMatrix => ({
  values: Float64Array.from(values),
  shape: [values.length, 1],
});

function rows(seed: number, n: number, d: number): HostMatrix {
  const source = random(seed);
  const values = Float64Array.from(
    { length: n * d },
    () => source.normal() + 4 * source.integer(3),
  );
  return { values, shape: [n, d] };
}

const scaled = <T extends HostMatrix>({ values, shape }: T, exponent: number) => ({
  values: Float64Array.from(values, (value) => timesPowerOfTwo(value, exponent)),
  shape,
});

/** Scales the results of a model back to scale 1. */
function unscaled(model: KMeansModel, exponent: number, weightExponent = 0) {
  const squares = (value: number) => timesPowerOfTwo(value, -2 * exponent - weightExponent);
  return {
    labels: [...model.labels],
    centroids: [...scaled(model.centroids, -exponent).values],
    iterations: model.iterations,
    converged: model.converged,
    // Far enough down, squares are beyond float64.
    inertia: exponent < -480 ? 0 : squares(model.inertia),
    history: exponent < -480 ? [] : [...model.inertiaHistory.map(squares)],
  };
}

const exponents = [505, 480, 401, 300, -300, -480, -500, -700, -1000];

for (const backend of ["cpu", "simd"] as const) {
  Deno.test(`kMeans() and miniBatchKMeans() property: the same fit at any scale, on ${backend}`, async () => {
    await useBackend(backend);
    const problem = fc.record({
      seed: fc.nat({ max: 99 }),
      init: fc.constantFrom("k-means++", "random"),
      exponent: fc.constantFrom(...exponents),
      weightExponent: fc.constantFrom(undefined, 0, 900, -900),
      tolerance: fc.constantFrom(undefined, 0),
      fit: fc.constantFrom(kMeans, miniBatchKMeans),
    });
    await fc.assert(
      fc.asyncProperty(
        problem,
        async ({ seed, init, exponent, weightExponent, tolerance, fit }) => {
          // Together with heavy weights, inertias would be beyond float64.
          if ((weightExponent ?? 0) > 0 && exponent > 0) exponent = -exponent;
          const x = rows(seed, 40, 2);
          const weights = rows(seed + 1, 40, 1).values.map(Math.abs);
          const options = (power: number) => ({
            clusters: 4,
            init: init as "random",
            seed,
            tolerance,
            sampleWeight: weightExponent === undefined
              ? undefined
              : weights.map((w) => w * 2 ** power),
          });
          using plain = await fit(x, options(0));
          using model = await fit(scaled(x, exponent), options(weightExponent ?? 0));
          const expected = unscaled(plain, 0);
          const actual = unscaled(model, exponent, weightExponent);
          if (exponent < -480) Object.assign(expected, { inertia: 0, history: [] });
          if ((weightExponent ?? 0) + 2 * exponent < -960) {
            for (const one of [actual, expected]) Object.assign(one, { inertia: 0, history: [] });
          }
          assert.deepEqual(actual, expected);
          using again = kMeansFromJSON(JSON.parse(JSON.stringify(model)));
          assert.deepEqual(again.centroids, model.centroids);
        },
      ),
      { seed: 1, numRuns: testRounds(60) },
    );
  });

  Deno.test(`kMeans() refuses an inertia beyond float64, on ${backend}`, async () => {
    await useBackend(backend);
    const x = column(1e160, 1.1e160, 5e160, 5.1e160);
    const refused = {
      name: "RangeError",
      message: /^Cannot fit clusters: .* divide x by its largest/,
    };
    await assert.rejects(kMeans(x, { clusters: 2 }), refused);
    await assert.rejects(miniBatchKMeans(x, { clusters: 2 }), refused);
    await assert.rejects(kMeansMissing(x, { clusters: 2, method: "k-pod" }), refused);
    const heavy = { clusters: 1, sampleWeight: [1.7e308, 1.7e308, 1.7e308] };
    await assert.rejects(kMeans(column(1, 4, 9), heavy), { message: /divide sampleWeight by/ });
    await assert.rejects(kMeans(column(0.9, 1, 1e300), { clusters: 2 }), {
      message: /as large as 1e\+300 and as small as 0.9/,
    });
    using model = await kMeans(column(1, 2, 5, 6), {
      clusters: 2,
      init: column(1.4, 5.4),
      sampleWeight: new Array(4).fill(1e307),
    });
    assert.deepEqual([...model.centroids.values], [1.5, 5.5]);
    assertAllClose([model.inertia], [1e307], { rtol: 1e-12 });
  });

  Deno.test(`kMeansMissing() property: the same fit at any scale, on ${backend}`, async () => {
    await useBackend(backend);
    const problem = fc.record({
      seed: fc.nat({ max: 99 }),
      exponent: fc.constantFrom(480, 401, -401, -480),
      method: fc.constantFrom<MissingMethod[]>(
        "gaussian-prior",
        "mean-imputation",
        "complete-rows",
        "k-pod",
      ),
    });
    await fc.assert(
      fc.asyncProperty(problem, async ({ seed, exponent, method }) => {
        const x = rows(seed, 40, 2);
        for (let i = 0; i < 40; i += 3) x.values[2 * i + i % 2] = NaN;
        const options = { clusters: 3, seed, method };
        using plain = await kMeansMissing(x, options);
        const far = scaled(x, exponent);
        using model = await kMeansMissing(far, {
          ...options,
          variance: timesPowerOfTwo(1, 2 * exponent),
        });
        assert.deepEqual(unscaled(model, exponent), unscaled(plain, 0));
        assert.equal(timesPowerOfTwo(model.objective, -2 * exponent), plain.objective);
        assert.deepEqual(await model.predict(far), await plain.predict(x));
      }),
      { seed: 1, numRuns: testRounds(40) },
    );
  });

  Deno.test(`KMeansModel predicts, and measures distances, at the scale of each row, on ${backend}`, async () => {
    await useBackend(backend);
    using model = await kMeans(column(1e-170, 1.1e-170, 5e-170, 5.1e-170), { clusters: 2 });
    assert.deepEqual([...model.labels], [0, 0, 1, 1].map((j) => j ^ model.labels[0]));
    assertAllClose(model.centroids.values.slice().sort(), [1.05e-170, 5.05e-170], { rtol: 1e-12 });
    const [low, high] = [model.labels[0], model.labels[2]];
    const test = column(1.2e-170, 7, 4e-170, 1e300, -1e300);
    assert.deepEqual([...await model.predict(test)].slice(0, 3), [low, 0, high]);
    const { values } = await model.transform(test);
    assertAllClose([values[low], values[6 + low], values[8]], [1.5e-171, 1e300, 1e300], {
      rtol: 1e-9,
    });
    using wide = await kMeans(column(-1e150, 1e150), { clusters: 2 });
    assert.ok((await wide.transform(column(1.7e308))).values.every(Number.isFinite));
    using unit = await kMeans(column(0, 1, 8, 9), { clusters: 2 });
    const together = await unit.predict(column(0.4, 1e300, 8.7));
    assert.deepEqual([together[0], together[2]], [unit.labels[0], unit.labels[2]]);
  });
}

Deno.test("inertia() and missingObjective() refuse what float64 cannot hold", async () => {
  const far = column(1e200);
  const message = /exceeds 1.8e308/;
  await assert.rejects(inertia(far, column(0)), { name: "RangeError", message });
  await assert.rejects(inertia(far, column(0), { labels: [0] }), { name: "RangeError", message });
  await assert.rejects(missingObjective(far, column(0), [0]), { message });
  await assert.rejects(missingObjectiveGradient(column(1.7e308), column(-1.7e308), [0]), {
    message,
  });
  const options = { clusters: 1, variance: 1e308 };
  const holes = column(1, NaN, NaN);
  await assert.rejects(kMeansMissing(holes, options), { message: /a smaller variance is needed/ });
  const narrow: HostMatrix = { values: Float32Array.of(1, NaN), shape: [2, 1] };
  using model = await kMeansMissing(narrow, { clusters: 2, priorMean: Float64Array.of(1e39) });
  assert.deepEqual([...model.centroids.values].sort(), [1, 1e39].sort());
});

Deno.test("silhouette() property: the same at any scale", async () => {
  const expected = await silhouette(column(1, 1.1, 3, 3.1), [0, 0, 1, 1]);
  for (const unit of [1e200, 1e-200, 1e-310, 5e307]) {
    const x = column(...[1, 1.1, 3, 3.1].map((value) => value * unit));
    assertAllClose([(await silhouette(x, [0, 0, 1, 1])).mean], [expected.mean], { rtol: 1e-9 });
  }
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 99 }),
      fc.constantFrom(...exponents, 1018),
      async (seed, exponent) => {
        const x = rows(seed, 30, 2);
        const labels = Array.from({ length: 30 }, (_, i) => i % 3);
        const { values } = await silhouette(scaled(x, exponent), labels);
        assertAllClose(values, (await silhouette(x, labels)).values, { rtol: 1e-9 });
      },
    ),
    { seed: 1, numRuns: testRounds(50) },
  );
});

for (const backend of ["cpu", "simd"] as const) {
  Deno.test(`kMeans() and predict() label a row far out as float64 does, on ${backend}`, async () => {
    await useBackend(backend);
    for (const kind of [Float32Array, Float64Array]) {
      for (
        const [n, d, k] of [[700, 8, 1], [700, 8, 2], [700, 33, 2], [3000, 62, 5], [300, 70, 20]]
      ) {
        for (const far of [1e22, 1e37, -3e38]) {
          const source = random(testSeed() + d + k);
          const values = new kind(n * d).map(() => source.integer(3) && source.integer(256));
          values[n * d - 3] = far;
          const x = { values, shape: [n, d] } as const;
          const start = Float64Array.from(values.subarray(0, k * d), (value, at) => value + at % 7);
          const own = values.subarray((n - 1) * d);
          const init = { values: start, shape: [k, d] } as const;
          using model = await kMeans(x, { clusters: k, init, maxIterations: 1 });
          const labels = await model.predict(x);
          const message = `${kind.name}, ${n} × ${d}, ${k} clusters, ${far}`;
          assert.ok(labels.every((label) => label >= 0 && label < k), message);
          assert.equal(labels[n - 1], nearestPoint(own, model.centroids.values).label, message);
          let mean = 0;
          for (let i = 0; i < n; i++) mean += values[i * d + d - 3] / n;
          if (k === 1) assertAllClose([model.centroids.values[d - 3]], [mean], { rtol: 1e-12 });
        }
      }
    }
  });
}
