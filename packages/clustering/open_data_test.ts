import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "@mixtape/tensor-utils";
import { kMeans } from "./kmeans.ts";
import { miniBatchKMeans } from "./mini_batch_kmeans.ts";

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
    for (
      const failing of [
        fit(holed, { clusters: 5 }),
        fit(rows(Float32Array), { clusters: n + 1 }),
        fit(rows(Float32Array), { clusters: 5, init: [[NaN]] }),
        fit({ values, shape: [n, d + 1] }, { clusters: 5 }),
        aborted,
      ]
    ) await assert.rejects(failing, RangeError);
    assert.equal(heldRegions(), held);
  });
}
