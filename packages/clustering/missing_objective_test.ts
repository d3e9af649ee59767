import assert from "node:assert/strict";
import { type HostMatrix, random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { kMeansMissing } from "./kmeans_missing.ts";
import { missingObjective, missingObjectiveGradient } from "./missing_objective.ts";

const source = random(1);
const values = Float64Array.from({ length: 60 }, () => source.next() < 0.3 ? NaN : source.normal());
const x: HostMatrix = { values, shape: [20, 3] };
const centroids = {
  values: Float64Array.from({ length: 12 }, () => source.normal()),
  shape: [4, 3],
} as const;
const labels = Int32Array.from({ length: 20 }, (_, i) => i % 4);
const priorMean = new Float64Array([0.5, -1, 2]);
const variance = 0.7;

Deno.test("missingObjective() is the expectation over Gaussian missing entries (Monte Carlo)", async () => {
  const closed = await missingObjective(x, centroids, labels, { priorMean, variance });
  const draws = 4000;
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    values.forEach((value, i) => {
      const imputed = Number.isNaN(value)
        ? priorMean[i % 3] + Math.sqrt(variance) * source.normal()
        : value;
      sum += (imputed - centroids.values[labels[Math.floor(i / 3)] * 3 + i % 3]) ** 2;
    });
  }
  assertAllClose([sum / draws], [closed], { rtol: 5e-3 });
});

Deno.test("missingObjectiveGradient() equals central differences", async () => {
  const options = { priorMean, variance };
  const gradient = await missingObjectiveGradient(x, centroids, labels, options);
  const step = 1e-5;
  for (let i = 0; i < 12; i++) {
    const [above, below] = await Promise.all([step, -step].map((change) => {
      const moved = centroids.values.slice();
      moved[i] += change;
      return missingObjective(x, { values: moved, shape: [4, 3] }, labels, options);
    }));
    assertAllClose([gradient.values[i]], [(above - below) / (2 * step)], {
      rtol: 1e-7,
      atol: 1e-7,
    });
  }
});

Deno.test("missingObjectiveGradient() vanishes where the fit converged", async () => {
  using model = await kMeansMissing(x, { clusters: 4, priorMean, variance, tolerance: 0 });
  const gradient = await missingObjectiveGradient(x, model.centroids, model.labels, {
    priorMean,
    variance,
  });
  assertAllClose(gradient.values, new Float64Array(12), { atol: 1e-12 });
});

Deno.test("missingObjective() takes a mask in place of NaN", async () => {
  const bytes: HostMatrix = { values: new Uint8Array([3, 200]), shape: [1, 2] };
  const mask = new Uint8Array([0, 1]);
  const at: HostMatrix = { values: new Float64Array([1, 2]), shape: [1, 2] };
  assert.equal(await missingObjective(bytes, at, [0], { mask, variance: 3 }), 4 + 4 + 3);
});

Deno.test("missingObjective() and its gradient have a prior of mean 0 and variance 1 unless told otherwise", async () => {
  const rows: HostMatrix = { values: Float64Array.of(3, NaN, NaN, 7), shape: [2, 2] };
  const at: HostMatrix = { values: Float64Array.of(1, 2, 4, 5), shape: [2, 2] };
  assert.equal(await missingObjective(rows, at, [1, 0]), (1 + 25) + (1 + 25) + 2);
  const { values: slope, shape } = await missingObjectiveGradient(rows, at, [1, 0]);
  assert.deepEqual([...slope], [2, -10, 2, 10]);
  assert.deepEqual(shape, [2, 2]);
});

Deno.test("missingObjective() refuses labels without centroid, other columns, no variance", async () => {
  await assert.rejects(missingObjective(x, centroids, labels.map(() => 4)), RangeError);
  await assert.rejects(
    missingObjective(x, { values: new Float64Array(4), shape: [2, 2] }, labels),
    {
      message: /it has 3 columns, 2 are needed/,
    },
  );
  await assert.rejects(missingObjective(x, centroids, labels, { variance: 0 }), RangeError);
});
