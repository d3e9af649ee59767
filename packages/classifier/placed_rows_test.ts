import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { random, useBackend } from "@mixtape/tensor-utils";
import { mlpClassifier } from "./mlp_classifier.ts";

/** The memory of the backend, which TensorFlow.js does not show. */
function heldRegions(): number {
  const { runtime } = tf.backend() as unknown as { runtime: { memory: { heldRegions: number } } };
  return runtime.memory.heldRegions;
}

const [n, d] = [120_000, 10];

/** Enough numbers that the backend keeps them, many of them zero in the second half. */
function rows(kind: typeof Float32Array | typeof Float64Array | typeof Uint8Array) {
  const source = random(3);
  const values = new kind(n * d);
  for (let i = 0; i < values.length; i++) {
    values[i] = i > values.length / 2 && source.next() < 0.7 ? 0 : source.integer(9);
  }
  return { values, shape: [n, d] as const };
}

Deno.test("MlpModel on threads keeps rows in the memory of the backend until it ends, with the bits of one thread", async () => {
  const few = { values: rows(Float32Array).values.slice(0, 200 * d), shape: [200, d] as const };
  const labels = Int32Array.from({ length: 200 }, (_, i) => i % 3);
  using model = await mlpClassifier(few, labels, {
    classes: 3,
    epochs: 1,
    hidden: [{ units: 9, activation: "relu" }],
  });
  for (const kind of [Uint8Array, Float32Array, Float64Array]) {
    await useBackend("simd", { threads: 1 });
    const expected = await model.logits(rows(kind));
    await useBackend("simd", { threads: 2 });
    await model.logits(rows(kind)); // loads modules, which stay
    const held = heldRegions();
    const x = rows(kind);
    const predicting = model.logits(x);
    assert.ok(heldRegions() > held, "nothing was placed");
    x.values.fill(1);
    assert.deepEqual(await predicting, expected);
    assert.equal(heldRegions(), held);
    if (kind === Uint8Array) continue;
    x.values[n] = 3e38;
    await assert.rejects(model.logits(x), /row 12000, column 0 is (3e\+38|3\.0)/);
    x.values[n] = NaN;
    await assert.rejects(model.logits(x), /row 12000, column 0 is NaN/);
    assert.equal(heldRegions(), held);
  }
});

Deno.test("mlpClassifier() on threads keeps rows in the memory of the backend until it ends, with the bits of one thread", async () => {
  const options = {
    epochs: 1,
    batchSize: 4096,
    hidden: [{ units: 9, activation: "relu" }],
  } as const;
  const labels = Int32Array.from({ length: n }, (_, i) => i % 3);
  for (const kind of [Uint8Array, Float32Array, Float64Array]) {
    await useBackend("simd", { threads: 1 });
    using expected = await mlpClassifier(rows(kind), labels, options);
    await useBackend("simd", { threads: 2 });
    (await mlpClassifier(rows(kind), labels, options)).dispose(); // loads modules, which stay
    const held = heldRegions();
    const x = rows(kind);
    const training = mlpClassifier(x, labels, options);
    assert.ok(heldRegions() > held, "nothing was placed");
    x.values.fill(1);
    using model = await training;
    assert.deepEqual(model.toSafetensors(), expected.toSafetensors());
    assert.equal(heldRegions(), held);
    await assert.rejects(mlpClassifier(x, [0, 1], options), RangeError);
    assert.equal(heldRegions(), held);
  }
});
