import { type HostMatrix, openLloyd, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { meanVariance, varianceOfStep } from "./mean_variance.ts";

await useBackend("cpu");

Deno.test("meanVariance() is the mean over columns of the mean squared deviation", async () => {
  const values = Float64Array.of(1, 10, 3, 10, 5, 40, 7, 40);
  assert.equal(await meanVariance({ values, shape: [4, 2] }), (5 + 225) / 2);
});

Deno.test("meanVariance() loses no digits far from 0", async () => {
  const values = Float64Array.of(1e8, 1e8 + 2, 1e8 + 4, 1e8 + 6);
  assert.equal(await meanVariance({ values, shape: [4, 1] }), 5);
});

Deno.test("varianceOfStep() is the mean variance of the rows, wherever they and the centroids lie", async () => {
  const source = random(testSeed());
  for (const [shift, apart] of [[0, 1], [1e6, 1], [-3, 1e4], [1e5, 0]]) {
    const [n, d, k] = [200, 3, 4];
    const values = Float64Array.from({ length: n * d }, () => shift + source.normal());
    const x: HostMatrix = { values, shape: [n, d] };
    const centroids = Float64Array.from({ length: k * d }, () => shift + apart * source.normal());
    using session = openLloyd(x);
    const variance = varianceOfStep(await session.step(centroids), centroids);
    assertAllClose([variance], [await meanVariance(x)], { rtol: 1e-6 });
  }
});

Deno.test("varianceOfStep() is 0 where all rows are equal, not below", async () => {
  const x: HostMatrix = { values: new Float64Array(30).fill(0.1), shape: [30, 1] };
  for (const centroid of [0.1, 0.3, 1 / 3]) {
    using session = openLloyd(x);
    const centroids = Float64Array.of(centroid);
    const variance = varianceOfStep(await session.step(centroids), centroids);
    assert.ok(variance >= 0 && variance < 1e-15, `${variance}`);
  }
});
