import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, normalMatrix, plainStep, testSeed } from "@mixtape/tensor-utils/testing";
import { plainMiniBatches } from "./fixtures/plain_mini_batch.ts";
import { inertia } from "./inertia.ts";
import { kMeans } from "./kmeans.ts";
import type { KMeansIteration } from "./lloyd_run.ts";
import { miniBatchKMeans, type MiniBatchKMeansOptions } from "./mini_batch_kmeans.ts";

await useBackend("cpu");

/** Rows around as many points as there are clusters, some of which have few rows. */
function unequalGroups(seed: number, n: number, d: number): HostMatrix {
  return normalMatrix(seed, n, d, (i, j) => i % 11 === 0 ? 30 + j : 6 * (i % 3) * (j + 1));
}

async function started(x: HostMatrix, options: MiniBatchKMeansOptions): Promise<KMeansIteration> {
  const calls: KMeansIteration[] = [];
  using _model = await miniBatchKMeans(x, {
    ...options,
    onIteration: (iteration) => calls.push(iteration),
  });
  return calls[0];
}

Deno.test("miniBatchKMeans() property: follows a plain implementation batch by batch, from given centroids", async () => {
  const problem = fc.record({
    seed: fc.nat({ max: 1000 }),
    n: fc.integer({ min: 12, max: 60 }),
    // Backends may make several steps at once with up to four columns.
    d: fc.integer({ min: 1, max: 6 }),
    backend: fc.constantFrom("cpu", "simd"),
    k: fc.integer({ min: 1, max: 5 }),
    batchSize: fc.integer({ min: 1, max: 70 }),
    maxIterations: fc.integer({ min: 1, max: 6 }),
    maxNoImprovement: fc.integer({ min: 1, max: 4 }),
    reassignmentRatio: fc.constantFrom(0, 0.01, 0.3, 0.9),
    isWeighted: fc.boolean(),
  });
  let [ended, converged, reassigned] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(problem, async ({ isWeighted, backend, n, d, k, ...given }) => {
      await useBackend(backend);
      const x = unequalGroups(given.seed, n, d);
      // The first centroids are far from all rows, so that clusters begin without rows.
      const start = Float64Array.from(x.values.slice(0, k * d), (v, at) => at < d ? v + 50 : v);
      const sampleWeight = isWeighted
        ? Float64Array.from({ length: n }, (_, i) => i % 4 === 3 ? 0 : 1 + i % 3)
        : undefined;
      const expected = plainMiniBatches({
        ...given,
        x,
        start,
        sampleWeight,
        batchSize: Math.min(n, given.batchSize),
      });
      const calls: KMeansIteration[] = [];
      using model = await miniBatchKMeans(x, {
        ...given,
        clusters: k,
        init: { values: start, shape: [k, d] },
        sampleWeight,
        onIteration: (call) => calls.push(call),
      });
      const close = { rtol: 1e-9, atol: 1e-9 };
      assertAllClose(model.inertiaHistory, expected.history, close);
      assertAllClose(model.centroids.values, expected.centroids, close);
      assert.equal(model.converged, expected.converged);
      assert.equal(model.iterations, expected.history.length);
      assert.deepEqual(
        calls.map(({ iteration }) => iteration),
        expected.history.map((_, i) => i),
      );
      assert.deepEqual(calls.map(({ inertia }) => inertia), [...model.inertiaHistory]);
      calls.forEach((call, i) => {
        assertAllClose(call.centroids.values, expected.before[i], close);
        assert.deepEqual([call.restart, call.changed], [0, Math.min(n, given.batchSize)]);
      });
      const whole = plainStep(x, model.centroids.values, sampleWeight);
      assert.deepEqual(model.labels, whole.labels);
      assertAllClose([model.inertia], [whole.inertia], close);
      if (model.converged) converged++;
      else ended++;
      if (given.reassignmentRatio > 0.1) reassigned++;
    }),
    { seed: testSeed(), numRuns: 100 },
  );
  await useBackend("cpu");
  assert.ok(Math.min(ended, converged, reassigned) > 0, `${[ended, converged, reassigned]}`);
});

Deno.test("miniBatchKMeans() begins with the best of its starts: none is lost as more are tried", async () => {
  for (const init of ["random", "k-means++"] as const) {
    let [improved, later] = [0, 0];
    for (let seed = 0; seed < 20; seed++) {
      const x = normalMatrix(seed, 40, 2);
      const options = { clusters: 5, init, seed, maxIterations: 1, batchSize: 40 };
      const first: number[] = [];
      for (let restarts = 1; restarts <= 5; restarts++) {
        const { centroids } = await started(x, { ...options, restarts });
        first.push(await inertia(x, centroids));
      }
      first.slice(1).forEach((value, i) => assert.ok(value <= first[i], `${init} ${seed}`));
      if (first[2] < first[1]) improved++;
      if (first[3] < first[2]) later++;
      const { centroids } = await started(x, options);
      // Three are tried unless told otherwise.
      assert.equal(await inertia(x, centroids), first[2]);
    }
    assert.ok(improved > 0 && later > 0, init);
  }
});

Deno.test("miniBatchKMeans() refines random starts by Lloyd's algorithm, and takes given ones as they are", async () => {
  for (let seed = 0; seed < 5; seed++) {
    const x = normalMatrix(seed, 60, 2, (i, j) => 8 * (i % 3) * (j + 1));
    const weights = Float64Array.from({ length: 60 }, (_, i) => 1 + i % 3);
    for (const sampleWeight of [undefined, weights]) {
      // The sample is all rows, and few need fewer iterations than there may be.
      const options = { clusters: 3, sampleWeight, tolerance: 0 };
      const { centroids } = await started(x, { ...options, batchSize: 20, seed });
      using settled = await kMeans(x, { ...options, init: centroids });
      assertAllClose(centroids.values, settled.centroids.values, { rtol: 1e-9, atol: 1e-9 });
    }
    const init: HostMatrix = { values: x.values.slice(0, 6), shape: [3, 2] };
    const { centroids } = await started(x, { clusters: 3, init, batchSize: 20 });
    assert.deepEqual(centroids.values, Float64Array.from(init.values));
  }
});

Deno.test("miniBatchKMeans() starts from the means of all rows of each class, not of a sample", async () => {
  const x = unequalGroups(4, 90, 2);
  const labels = Array.from({ length: 90 }, (_, i) => i < 2 ? "b" : "a");
  const options = { clusters: 2, init: "class-means", labels, batchSize: 5 } as const;
  const { centroids } = await started(x, options);
  const means = [labels.indexOf("a"), 0].map((first) =>
    [0, 1].map((p) => {
      const own = labels.flatMap((label, i) => label === labels[first] ? x.values[2 * i + p] : []);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    })
  );
  assertAllClose(centroids.values, means.flat(), { rtol: 1e-12 });
});

Deno.test("miniBatchKMeans() has the defaults that its options state, and their neighbours differ", async () => {
  const x = unequalGroups(5, 300, 2);
  const base = { clusters: 4, batchSize: 30, seed: 2 };
  using plain = await miniBatchKMeans(x, base);
  const given = { maxNoImprovement: 10, reassignmentRatio: 0.01, tolerance: 0, restarts: 3 };
  using same = await miniBatchKMeans(x, { ...base, ...given });
  assert.deepEqual(same.toJSON(), plain.toJSON());
  for (const maxNoImprovement of [9, 11]) {
    using other = await miniBatchKMeans(x, { ...base, maxNoImprovement });
    assert.notEqual(other.iterations, plain.iterations);
  }
  // A hundred passes, at 3 steps each.
  const row: HostMatrix = { values: Float64Array.of(0, 1, 4, 9, 16, 25), shape: [6, 1] };
  const endless = { clusters: 2, batchSize: 2, maxNoImprovement: 1000 };
  using passes = await miniBatchKMeans(row, endless);
  assert.deepEqual([passes.iterations, passes.converged], [300, false]);
  const large: HostMatrix = { values: new Float32Array(1100), shape: [1100, 1] };
  assert.equal((await started(large, { clusters: 1 })).changed, 1024);
});

Deno.test("miniBatchKMeans() ends by its tolerance where centroids moved no more than that", async () => {
  const x: HostMatrix = { values: Float64Array.of(3, 3, 3, 7), shape: [4, 1] };
  const init: HostMatrix = { values: Float64Array.of(0), shape: [1, 1] };
  const options = { clusters: 1, init, batchSize: 4, seed: 1, maxNoImprovement: 50 };
  const seen: number[] = [];
  using model = await miniBatchKMeans(x, {
    ...options,
    tolerance: 0.05,
    onIteration: ({ centroids }) => seen.push(centroids.values[0]),
  });
  assert.ok(model.converged);
  const variance = 3;
  const path = [...seen, model.centroids.values[0]];
  const moves = path.slice(1).map((value, i) => (value - path[i]) ** 2);
  // The first move is no sign of an end, whatever its length.
  moves.slice(1, -1).forEach((move) => assert.ok(move > 0.05 * variance, `${moves}`));
  assert.ok(moves.at(-1)! <= 0.05 * variance && moves.length > 1);
});
