import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "../matrix.ts";
import { squaredDistance } from "../distances.ts";
import { random } from "../random.ts";
import { useBackend } from "../backend.ts";
import { assertAllClose, assertNoLeak } from "../testing/mod.ts";
import { openLloyd } from "./lloyd.ts";

await useBackend("cpu");

/** Plain float64: the label, the squared distance and the sums, as a textbook would. */
function plainStep(x: HostMatrix, centroids: Float64Array, weights?: Float64Array) {
  const [n, d] = x.shape;
  const k = centroids.length / d;
  const y: HostMatrix = { values: centroids, shape: [k, d] };
  const labels = new Int32Array(n);
  const distances = new Float64Array(n).fill(Infinity);
  const sums = new Float64Array(k * d);
  const counts = new Float64Array(k);
  let inertia = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const distance = squaredDistance(x, i, y, j);
      if (distance >= distances[i]) continue;
      distances[i] = distance;
      labels[i] = j;
    }
    const weight = weights?.[i] ?? 1;
    inertia += weight * distances[i];
    counts[labels[i]] += weight;
    for (let p = 0; p < d; p++) sums[labels[i] * d + p] += weight * x.values[i * d + p];
  }
  return { labels, distances, sums, counts, inertia };
}

const problem = fc.record({
  n: fc.integer({ min: 1, max: 40 }),
  d: fc.integer({ min: 1, max: 19 }),
  k: fc.integer({ min: 1, max: 12 }),
  magnitude: fc.constantFrom(1e-30, 1e-6, 1, 1e6, 1e30),
  offset: fc.constantFrom(0, 1, 1e4),
  grid: fc.boolean(),
  seed: fc.integer({ min: 0, max: 99 }),
});

Deno.test("openLloyd() property: equals plain float64, near and exact ties included", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ n, d, k, magnitude, offset, grid, seed }) => {
      const source = random(seed);
      const draw = () => grid ? source.integer(3) : source.normal();
      const number = () => magnitude * (offset + draw());
      const x: HostMatrix = { values: Float32Array.from({ length: n * d }, number), shape: [n, d] };
      const weights = Float64Array.from({ length: n }, () => source.integer(3));
      using session = openLloyd(x, weights);
      for (let step = 0; step < 2; step++) {
        const centroids = Float64Array.from({ length: k * d }, number);
        const actual = await session.step(centroids);
        const expected = plainStep(x, centroids, weights);
        assert.deepEqual(actual.labels, expected.labels);
        assertAllClose(await session.distances(), expected.distances, { rtol: 1e-12 });
        assertAllClose(actual.sums, expected.sums, { rtol: 1e-12 });
        assert.deepEqual(actual.counts, expected.counts);
        assertAllClose([actual.inertia], [expected.inertia], { rtol: 1e-12 });
      }
    }),
    { seed: 1, numRuns: 150 },
  );
});

Deno.test("openLloyd() decides in float64 between centroids that float32 cannot tell apart", async () => {
  const x: HostMatrix = { values: new Float64Array([0, 1]), shape: [2, 1] };
  using session = openLloyd(x);
  const step = await session.step(new Float64Array([0.5 + 1e-12, 0.5 - 1e-12]));
  assert.deepEqual([...step.labels], [1, 0]);
});

Deno.test("openLloyd() property: tells near twins apart where rows are far longer than centroids", async () => {
  for (let seed = 0; seed < 20; seed++) {
    const source = random(seed);
    const x: HostMatrix = {
      values: Float32Array.from({ length: 6400 }, () => source.normal()),
      shape: [100, 64],
    };
    const centroids = Float64Array.from({ length: 128 }, () => 1e-3 * source.normal());
    for (let p = 0; p < 64; p++) centroids[64 + p] = centroids[p] + 1e-10 * source.normal();
    using session = openLloyd(x);
    assert.deepEqual((await session.step(centroids)).labels, plainStep(x, centroids).labels);
  }
});

Deno.test("openLloyd() does not decide by what float32 rounds to almost nothing", async () => {
  using session = openLloyd({ values: new Float64Array([1, 1, -1, -1]), shape: [2, 2] });
  const step = await session.step(new Float64Array([2.3e-45, 0, 1.1e-45, 1.1e-45]));
  assert.deepEqual([...step.labels], [0, 0]);
});

Deno.test("openLloyd() gives the lowest index to a row between two centroids", async () => {
  using session = openLloyd({ values: new Uint8Array([5]), shape: [1, 1] });
  const step = await session.step(new Float64Array([9, 6, 4]));
  assert.deepEqual([...step.labels], [1]);
});

Deno.test("openLloyd() assigns to centroids that lie absurdly far away", async () => {
  using session = openLloyd({ values: new Float32Array([0, 1]), shape: [2, 1] });
  const step = await session.step(new Float64Array([1e200, 1e30, -1e30]));
  assert.deepEqual([...step.labels], [1, 1]);
  assert.ok(Number.isFinite(step.inertia));
});

Deno.test("openLloyd() counts changed labels, and all of them after reset()", async () => {
  using session = openLloyd({ values: new Float32Array([0, 1, 5]), shape: [3, 1] });
  assert.equal((await session.step(new Float64Array([0, 5]))).changed, 3);
  assert.equal((await session.step(new Float64Array([0, 5]))).changed, 0);
  assert.equal((await session.step(new Float64Array([0, 1]))).changed, 1);
  session.reset();
  assert.equal((await session.step(new Float64Array([0, 1]))).changed, 3);
});

Deno.test("openLloyd() leaves no tensor behind", async () => {
  await assertNoLeak(async () => {
    using session = openLloyd({ values: new Float32Array(12), shape: [4, 3] });
    await session.step(new Float64Array(6));
  });
});
