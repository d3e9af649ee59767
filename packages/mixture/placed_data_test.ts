import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "@mixtape/tensor-utils";
import { gaussianMixture } from "./gaussian_mixture.ts";
import { selectMixture } from "./select_mixture.ts";

/** The memory of the backend, which TensorFlow.js does not show. */
function heldRegions(): number {
  const { runtime } = tf.backend() as unknown as { runtime: { memory: { heldRegions: number } } };
  return runtime.memory.heldRegions;
}

const [n, d] = [90_000, 3];

/** Enough numbers that the backend keeps them; rows of an odd number of columns, which kernels read beyond. */
function rows(kind: Float32ArrayConstructor | Float64ArrayConstructor) {
  const values = new kind(n * d);
  for (let i = 0; i < values.length; i++) values[i] = 40 * (Math.floor(i / d) % 2) + i * i % 37;
  return { values, shape: [n, d] as const };
}

Deno.test("gaussianMixture() and its model on threads keep data in the memory of the backend until they end, with the bits of one thread", async () => {
  const options = { components: 2, maxIterations: 3 };
  for (const kind of [Float32Array, Float64Array]) {
    await useBackend("simd", { threads: 1 });
    const alone = await gaussianMixture(rows(kind), options);
    const densities = await alone.logDensity(rows(kind));
    await useBackend("simd", { threads: 2 });
    await gaussianMixture(rows(kind), options); // loads modules, which stay
    const held = heldRegions();
    const x = rows(kind);
    const fitting = gaussianMixture(x, options);
    assert.ok(heldRegions() > held, "nothing was placed");
    x.values.fill(0);
    const model = await fitting;
    assert.equal(heldRegions(), held);
    assert.deepEqual(model.toJSON(), alone.toJSON());
    assert.deepEqual(await model.logDensity(rows(kind)), densities);
    assert.equal(heldRegions(), held);
    await assert.rejects(gaussianMixture(rows(kind), { components: n + 1 }), RangeError);
    const holed = rows(kind);
    holed.values[n] = NaN;
    await assert.rejects(model.logDensity(holed), RangeError);
    assert.equal(heldRegions(), held);
  }
});

Deno.test("gaussianMixture() on threads keeps given responsibilities in the memory of the backend until it ends, with the bits of one thread", async () => {
  const components = 4;
  const given = (share = 0.75) => {
    const values = new Float32Array(n * components);
    for (let i = 0; i < n; i++) {
      values[components * i + i % 2] = share;
      values[components * i + 2 + i % 2] = 0.25;
    }
    return { values, shape: [n, components] as const };
  };
  const optionsOf = (responsibilities = given()) => ({
    components,
    init: { responsibilities },
    maxIterations: 2,
  });
  await useBackend("simd", { threads: 1 });
  const alone = await gaussianMixture(rows(Float32Array), optionsOf());
  await useBackend("simd", { threads: 2 });
  await gaussianMixture(rows(Float32Array), optionsOf()); // loads modules, which stay
  const held = heldRegions();
  const options = optionsOf();
  const fitting = gaussianMixture(rows(Float32Array), options);
  assert.equal(heldRegions(), held + 2);
  options.init.responsibilities.values.fill(0);
  const model = await fitting;
  assert.deepEqual(model.toJSON(), alone.toJSON());
  assert.equal(heldRegions(), held);
  await assert.rejects(gaussianMixture(rows(Float32Array), optionsOf(given(0.7))), RangeError);
  await assert.rejects(gaussianMixture(rows(Float32Array), optionsOf(given(NaN))), RangeError);
  await assert.rejects(
    gaussianMixture({ values: [], shape: [0, d] }, optionsOf()),
    RangeError,
  );
  assert.equal(heldRegions(), held);
});

Deno.test("selectMixture() on threads keeps data in the memory of the backend until it ends, with the bits of one thread", async () => {
  const options = { components: [1, 2], maxIterations: 3 };
  await useBackend("simd", { threads: 1 });
  const alone = await selectMixture(rows(Float32Array), options);
  await useBackend("simd", { threads: 2 });
  await selectMixture(rows(Float32Array), options); // loads modules, which stay
  const held = heldRegions();
  const x = rows(Float32Array);
  const selecting = selectMixture(x, options);
  assert.ok(heldRegions() > held, "nothing was placed");
  x.values.fill(0);
  const { model } = await selecting;
  assert.deepEqual(model.toJSON(), alone.model.toJSON());
  await assert.rejects(selectMixture(x, { components: [n + 1] }), RangeError);
  assert.equal(heldRegions(), held);
});
