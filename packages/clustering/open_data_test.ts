import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "@mixtape/tensor-utils";
import { kMeans } from "./kmeans.ts";
import { kMeansMissing } from "./kmeans_missing.ts";
import type { KMeansMissingModel } from "./kmeans_missing_model.ts";
import { miniBatchKMeans } from "./mini_batch_kmeans.ts";
import { missingObjective } from "./missing_objective.ts";

/** The memory of the backend, which TensorFlow.js does not show. */
function heldRegions(): number {
  const { runtime } = tf.backend() as unknown as { runtime: { memory: { heldRegions: number } } };
  return runtime.memory.heldRegions;
}

const [n, d] = [150_000, 7];

/** Enough numbers that the backend keeps them. */
function rows(kind: Float32ArrayConstructor | Float64ArrayConstructor | Uint8ArrayConstructor) {
  const values = new kind(n * d);
  for (let i = 0; i < values.length; i++) values[i] = 40 * (Math.floor(i / d) % 5) + i * i % 37;
  return { values, shape: [n, d] as const };
}

const fits = { kMeans, miniBatchKMeans };

for (const [name, fit] of Object.entries(fits)) {
  Deno.test(`${name}() on threads keeps data in the memory of the backend until it ends, and fits as on one`, async () => {
    for (const kind of [Float32Array, Float64Array, Uint8Array]) {
      await useBackend("simd", { threads: 1 });
      const alone = await fit(rows(kind), { clusters: 5, maxIterations: 5 });
      await useBackend("simd", { threads: 2 });
      await fit(rows(kind), { clusters: 5, maxIterations: 5 }); // loads modules, which stay
      const held = heldRegions();
      const x = rows(kind);
      const fitting = fit(x, { clusters: 5, maxIterations: 5 });
      assert.ok(heldRegions() > held, "nothing was placed");
      x.values.fill(0);
      const model = await fitting;
      assert.equal(heldRegions(), held);
      assert.deepEqual(model.toJSON(), alone.toJSON());
    }
  });

  Deno.test(`${name}() frees data that it cannot fit, and those of a fit that is aborted`, async () => {
    await useBackend("simd", { threads: 2 });
    await fit(rows(Float32Array), { clusters: 5, maxIterations: 5 });
    const held = heldRegions();
    const holed = rows(Float32Array);
    holed.values[n] = NaN;
    const controller = new AbortController();
    const aborted = fit(rows(Float64Array), {
      clusters: 200,
      tolerance: 0,
      signal: controller.signal,
    });
    controller.abort(new RangeError("enough"));
    const { values } = rows(Float32Array);
    const failing = [
      fit(holed, { clusters: 5 }),
      fit(rows(Float32Array), { clusters: n + 1 }),
      fit(rows(Float32Array), { clusters: 5, init: [[NaN]] }),
      fit({ values, shape: [n, d + 1] }, { clusters: 5 }),
      aborted,
    ];
    await Promise.all(failing.map((fitting) => assert.rejects(fitting, RangeError)));
    assert.equal(heldRegions(), held);
  });
}

Deno.test("kMeansMissing(), its model and objective free data that they place, and give what one thread does", async () => {
  const holed = () => {
    const x = rows(Float32Array);
    for (let at = 0; at < x.values.length; at += 11) x.values[at] = NaN;
    return x;
  };
  const compute = async () => {
    const fits: KMeansMissingModel[] = [];
    for (const method of ["mean-imputation", "complete-rows", "k-pod"] as const) {
      fits.push(await kMeansMissing(holed(), { method, clusters: 5, maxIterations: 2 }));
    }
    const labels = await Promise.all(fits.map((fit) => fit.predict(holed())));
    const [{ centroids, labels: own }] = fits;
    const objective = await missingObjective(holed(), centroids, own);
    return { fits: fits.map((fit) => fit.toJSON()), labels, objective };
  };
  await useBackend("simd", { threads: 1 });
  const alone = await compute();
  await useBackend("simd", { threads: 2 });
  await compute(); // loads modules, which stay
  const held = heldRegions();
  const x = holed();
  const fitting = kMeansMissing(x, { method: "mean-imputation", clusters: 5, maxIterations: 2 });
  assert.ok(heldRegions() > held, "nothing was placed");
  x.values.fill(0);
  assert.deepEqual((await fitting).toJSON(), alone.fits[0]);
  assert.deepEqual(await compute(), alone);
  await assert.rejects(kMeansMissing(holed(), { clusters: 5, mask: [1] }), RangeError);
  await assert.rejects(missingObjective(holed(), [[0]], new Int32Array(n)), RangeError);
  const signal = AbortSignal.timeout(1);
  await assert.rejects(kMeansMissing(holed(), { clusters: 5, tolerance: 0, signal }));
  assert.equal(heldRegions(), held);
});
