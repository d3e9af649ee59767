import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import {
  type HostMatrix,
  random,
  squaredDistance,
  takeRows,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak, normalMatrix } from "@mixtape/tensor-utils/testing";
import { kMeans } from "./kmeans.ts";
import type { KMeansOptions } from "./kmeans_options.ts";
import type { KMeansIteration } from "./lloyd_run.ts";

await useBackend("cpu");

const line: HostMatrix = { values: new Float32Array([0, 1, 10, 11, 20, 22]), shape: [6, 1] };

/** Rows around three points, or on a grid where distances tie. */
function sampleRows(seed: number, n: number, d: number, grid: boolean): HostMatrix {
  if (!grid) return normalMatrix(seed, n, d, (i) => 3 * (i % 3));
  const source = random(seed);
  return { values: Float64Array.from({ length: n * d }, () => source.integer(3)), shape: [n, d] };
}

const problem = fc.record({
  seed: fc.integer({ min: 0, max: 99 }),
  n: fc.integer({ min: 8, max: 40 }),
  d: fc.integer({ min: 1, max: 6 }),
  clusters: fc.integer({ min: 1, max: 6 }),
  grid: fc.boolean(),
});

Deno.test("kMeans() property: inertia never increases and belongs to the labels", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, clusters, grid }) => {
      const x = sampleRows(seed, n, d, grid);
      const options = { clusters, seed, init: "random", restarts: 1, tolerance: 0 } as const;
      using model = await kMeans(x, options);
      model.inertiaHistory.forEach((inertia, i) => {
        assert.ok(i === 0 || inertia <= model.inertiaHistory[i - 1] * (1 + 1e-12));
      });
      const inertia = model.labels.reduce(
        (sum, label, i) => sum + squaredDistance(x, i, model.centroids, label),
        0,
      );
      assertAllClose([model.inertia], [inertia], { rtol: 1e-12, atol: 1e-12 });
      assert.deepEqual(await model.predict(x), model.labels);
      assert.ok(model.converged);
      assert.ok(model.centroids.values.every(Number.isFinite));
    }),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("kMeans() property: rows in another order give the same clusters", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, clusters }) => {
      const x = sampleRows(seed, n, d, false);
      const order = random(seed).permutation(n);
      const init = takeRows(x, [...Array(clusters).keys()]);
      using model = await kMeans(x, { clusters, init, tolerance: 0 });
      using permuted = await kMeans(takeRows(x, order), { clusters, init, tolerance: 0 });
      assert.deepEqual([...permuted.labels], [...order].map((row) => model.labels[row]));
      assertAllClose(permuted.centroids.values, model.centroids.values, { rtol: 1e-9, atol: 1e-9 });
    }),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("kMeans() property: a translation moves the centroids and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, clusters }) => {
      const x = sampleRows(seed, n, d, false);
      const moved: HostMatrix = { values: x.values.map((value) => value + 1000), shape: x.shape };
      using model = await kMeans(x, { clusters, seed, tolerance: 0 });
      using shifted = await kMeans(moved, { clusters, seed, tolerance: 0 });
      assert.deepEqual(shifted.labels, model.labels);
      assertAllClose([shifted.inertia], [model.inertia], { rtol: 1e-6, atol: 1e-6 });
      const back = shifted.centroids.values.map((value) => value - 1000);
      assertAllClose(back, model.centroids.values, { atol: 1e-9 });
    }),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("kMeans() property: a weight of 2 is a row given twice, a weight of 0 a row left out", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, clusters }) => {
      const x = sampleRows(seed, n, d, false);
      const init = takeRows(x, [...Array(clusters).keys()]);
      const sampleWeight = Array.from({ length: n }, (_, i) => i < clusters ? 1 : i % 3);
      const copies = sampleWeight.flatMap((weight, i) => Array(weight).fill(i));
      using weighted = await kMeans(x, { clusters, init, sampleWeight, tolerance: 0 });
      using repeated = await kMeans(takeRows(x, copies), { clusters, init, tolerance: 0 });
      assertAllClose(weighted.centroids.values, repeated.centroids.values, {
        rtol: 1e-9,
        atol: 1e-9,
      });
      assertAllClose([weighted.inertia], [repeated.inertia], { rtol: 1e-9, atol: 1e-9 });
    }),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("kMeans() relocates an empty cluster to the farthest row", async () => {
  const init: HostMatrix = { values: new Float64Array([0, 1000]), shape: [2, 1] };
  using model = await kMeans(line, { clusters: 2, init, maxIterations: 1 });
  assertAllClose(model.centroids.values, [42 / 5, 22]);
});

Deno.test("kMeans() relocates empty clusters by weighted moments of all columns", async () => {
  const x: HostMatrix = {
    values: Float64Array.of(0, 5, 1, 7, 2, 4, 9, 30, 40, 8),
    shape: [5, 2],
  };
  const init: HostMatrix = { values: Float64Array.of(0, 0, 900, 900, 950, 950), shape: [3, 2] };
  const options = { clusters: 3, init, sampleWeight: [1, 2, 3, 4, 5], maxIterations: 1 };
  using model = await kMeans(x, options);
  // The row farthest from the first centroid goes to the first empty cluster.
  assertAllClose(model.centroids.values, [(2 + 6) / 6, (5 + 14 + 12) / 6, 40, 8, 9, 30], {
    rtol: 1e-12,
  });
});

Deno.test("kMeans() gives two empty clusters two rows", async () => {
  const x: HostMatrix = { values: new Float32Array([0, 1, 2, 100]), shape: [4, 1] };
  const init: HostMatrix = { values: new Float64Array([1, 60, 900, 950]), shape: [4, 1] };
  using model = await kMeans(x, { clusters: 4, init, tolerance: 0 });
  assert.deepEqual([...model.centroids.values].sort((a, b) => a - b), [0, 1, 2, 100]);
  assert.deepEqual([...model.clusterSizes], [1, 1, 1, 1]);
});

Deno.test("kMeans() leaves clusters empty when there are fewer distinct rows, and says so", async () => {
  const x: HostMatrix = { values: new Float32Array([5, 5, 5, 7, 7, 7]), shape: [6, 1] };
  for (const init of ["random", "k-means++"] as const) {
    using model = await kMeans(x, { clusters: 4, init });
    assert.equal(model.inertia, 0);
    assert.ok(model.converged);
    assert.ok(model.centroids.values.every((value) => value === 5 || value === 7));
    assert.equal(model.clusterSizes.filter((size) => size > 0).length, 2);
  }
});

Deno.test("kMeans() fits one row, one column and as many clusters as rows", async () => {
  using one = await kMeans({ values: new Uint8Array([3]), shape: [1, 1] }, { clusters: 1 });
  assert.deepEqual([one.inertia, ...one.centroids.values], [0, 3]);
  using all = await kMeans(line, { clusters: 6, init: "random" });
  assert.equal(all.inertia, 0);
});

Deno.test("kMeans() gives the same for the same seed, and tries more starts for a lower inertia", async () => {
  const x = sampleRows(3, 60, 2, false);
  const options: KMeansOptions = { clusters: 8, init: "random", restarts: 1, seed: 5 };
  using a = await kMeans(x, options);
  using b = await kMeans(x, options);
  using c = await kMeans(x, { ...options, restarts: 20 });
  assert.deepEqual(a.toJSON(), b.toJSON());
  assert.ok(c.inertia < a.inertia);
});

Deno.test("kMeans() accepts a tensor and float32, float64 and 8-bit values alike", async () => {
  const inertias: number[] = [];
  const tensor = tf.tensor2d([...line.values], [6, 1]);
  for (const values of [Float32Array, Float64Array, Uint8Array]) {
    const x: HostMatrix = { values: new values(line.values), shape: line.shape };
    inertias.push((await kMeans(x, { clusters: 3 })).inertia);
  }
  inertias.push((await kMeans(tensor, { clusters: 3 })).inertia);
  tensor.dispose();
  assert.deepEqual(inertias, [3, 3, 3, 3]);
});

Deno.test("kMeans() does not change the centroids it is given", async () => {
  const init: HostMatrix = { values: new Float64Array([0, 1]), shape: [2, 1] };
  using model = await kMeans(line, { clusters: 2, init });
  assert.deepEqual([...init.values], [0, 1]);
  assert.notDeepEqual([...model.centroids.values], [0, 1]);
});

Deno.test("kMeans() reports each iteration of each start", async () => {
  const seen: KMeansIteration[] = [];
  using model = await kMeans(line, {
    clusters: 2,
    init: { values: new Float64Array([0, 1]), shape: [2, 1] },
    tolerance: 0,
    onIteration: (iteration) => seen.push(iteration),
  });
  assert.deepEqual(seen.map(({ restart }) => restart), Array(model.iterations).fill(0));
  assert.deepEqual(seen.map(({ inertia }) => inertia), [...model.inertiaHistory]);
  assert.deepEqual([...seen[0].centroids.values], [0, 1]);
  assert.deepEqual(seen.at(-1)!.centroids, model.centroids);
  assert.deepEqual([seen[0].changed, seen.at(-1)!.changed], [6, 0]);
});

Deno.test("kMeans() begins each start anew", async () => {
  const changes: number[] = [];
  using _model = await kMeans(line, {
    clusters: 2,
    init: "random",
    restarts: 3,
    onIteration: ({ iteration, changed }) => iteration === 0 && changes.push(changed),
  });
  assert.deepEqual(changes, [6, 6, 6]);
});

Deno.test("kMeans() never starts from a row of weight 0", async () => {
  const x: HostMatrix = { values: new Float32Array([5, 5, 9]), shape: [3, 1] };
  for (const init of ["random", "k-means++"] as const) {
    using model = await kMeans(x, { clusters: 2, init, sampleWeight: [1, 1, 0] });
    assert.deepEqual([...model.centroids.values], [5, 5], init);
  }
});

Deno.test("kMeans() stops when its signal is aborted, before and between iterations", async () => {
  const options = { clusters: 3, init: "random" } as const;
  await assertNoLeak(async () => {
    await assert.rejects(kMeans(line, { ...options, signal: AbortSignal.abort() }), {
      name: "AbortError",
    });
    const controller = new AbortController();
    const onIteration = () => controller.abort(new RangeError("enough"));
    await assert.rejects(kMeans(line, { ...options, onIteration, signal: controller.signal }), {
      name: "RangeError",
      message: "enough",
    });
  });
});

Deno.test("kMeans() leaves no tensor behind, with any start", async () => {
  await assertNoLeak(async () => {
    for (const init of ["random", "k-means++", "class-means"] as const) {
      using model = await kMeans(line, { clusters: 2, init, labels: [0, 0, 0, 1, 1, 1] });
      await model.predict(line);
    }
  });
});

const refusals: [options: Partial<KMeansOptions>, message: RegExp][] = [
  [{ clusters: 7 }, /^Cannot fit 7 clusters: x has 6 rows, clusters must be between 1 and 6$/],
  [{ clusters: 0 }, /^Cannot fit 0 clusters/],
  [{ clusters: 1.5 }, /^Cannot use clusters: 1.5 was given, a whole number is needed$/],
  [{ maxIterations: 0 }, /^Cannot use maxIterations: 0/],
  [{ tolerance: -1 }, /^Cannot use tolerance: -1/],
  [{ restarts: 0 }, /^Cannot use restarts: 0/],
  [{ seed: 0.5 }, /^Cannot use seed: 0.5/],
  [{ init: "kmeans" as "random" }, /^Cannot use init: "kmeans" was given, one of "random"/],
  [{ init: line }, /^Cannot use init: its shape is \[6, 1\], \[2, 1\] is needed/],
  [{ init: "class-means" }, /^Cannot start from class means: no labels were given/],
  [
    { init: "class-means", labels: [0, 0, 0, 0, 0, 0] },
    /^Cannot start from class means: labels name 1 classes, 2 are needed, one per cluster$/,
  ],
  [
    { init: "class-means", labels: [0, 1, 2, 0, 0, 0] },
    /^Cannot start from class means: labels name 3 classes, 2 are needed/,
  ],
  [{ labels: [0, 1] }, /^Cannot use labels: 2 were given for 6 rows/],
  [{ sampleWeight: [1] }, /^Cannot use sampleWeight: 1 were given for 6 rows/],
  [{ sampleWeight: [1, 1, -1, 1, 1, 1] }, /^Cannot use sampleWeight\[2\]: -1/],
  [{ sampleWeight: [1, 0, 0, 0, 0, 0] }, /^Cannot fit 2 clusters: x has 1 row of positive weight/],
];

for (const [options, message] of refusals) {
  Deno.test(`kMeans() refuses options: ${message.source}`, async () => {
    await assert.rejects(kMeans(line, { clusters: 2, ...options }), (error: Error) => {
      assert.match(error.message, message);
      return error instanceof RangeError || error instanceof TypeError;
    });
  });
}

Deno.test("kMeans() refuses data that is empty, not finite, of the wrong shape or disposed of", async () => {
  const disposed = tf.tensor2d([[1]]);
  disposed.dispose();
  const wrong: [HostMatrix | tf.Tensor2D, RegExp][] = [
    [{ values: new Float32Array(), shape: [0, 3] }, /x has 0 rows|it has 0 rows/],
    [{ values: new Float32Array([1, NaN]), shape: [2, 1] }, /row 1, column 0 is NaN/],
    [{ values: new Float32Array([1, Infinity]), shape: [2, 1] }, /row 1, column 0 is Infinity/],
    [{ values: new Float32Array(3), shape: [2, 2] }, /needs 4 values, 3 were given/],
    [disposed, /its tensor was disposed of/],
  ];
  for (const [x, message] of wrong) {
    await assert.rejects(kMeans(x, { clusters: 1 }), { message });
  }
});
