import assert from "node:assert/strict";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak } from "@mixtape/tensor-utils/testing";
import { MlpModel, type MlpSettings } from "./mod.ts";

await useBackend("cpu");

const settings: MlpSettings = {
  inputs: 2,
  hidden: [{ units: 3, activation: "relu" }],
  classes: 2,
  epochs: 0,
  batchSize: 1,
  learningRate: 1,
  learningRateSchedule: "constant",
  weightDecay: 0,
  labelSmoothing: 0,
  inputScale: 0.5,
  seed: 0,
};

/** Hidden units: a, b and −a of the halved input (a, b); logits: unit 0 + unit 2 = |a|, and unit 1 + 0.25. */
function model(): MlpModel {
  return new MlpModel(settings, [
    Float32Array.of(1, 0, -1, 0, 1, 0),
    new Float32Array(3),
    Float32Array.of(1, 0, 0, 1, 1, 0),
    Float32Array.of(0, 0.25),
  ]);
}

const x: HostMatrix = { values: Float32Array.of(4, 2, -6, 8, 0, 0), shape: [3, 2] };

Deno.test("MlpModel gives logits, classes, probabilities and activations", async () => {
  await assertNoLeak(async () => {
    using m = model();
    const logits = await m.logits(x);
    assert.deepEqual(logits, { values: Float32Array.of(2, 1.25, 3, 4.25, 0, 0.25), shape: [3, 2] });
    assert.deepEqual([...await m.predict(x)], [0, 1, 1]);
    const p = await m.probabilities(x);
    assertAllClose([p.values[0], p.values[0] + p.values[1]], [1 / (1 + Math.exp(-0.75)), 1]);
    const hidden = await m.activations(x, "penultimate");
    assert.deepEqual([...hidden.values], [2, 1, 0, 0, 4, 3, 0, 0, 0]);
    assert.deepEqual(await m.activations(x, 0), hidden);
    assert.deepEqual(await m.activations(x, 1), logits);
  });
});

Deno.test("MlpModel counts right and wrong rows", async () => {
  using m = model();
  assert.equal(await m.accuracy(x, [0, 0, 1]), 2 / 3);
  assert.deepEqual(await m.confusionMatrix(x, [0, 0, 1]), {
    values: Float64Array.of(1, 1, 0, 1),
    shape: [2, 2],
  });
});

Deno.test("MlpModel.evidence() gives what its parts give", async () => {
  using m = model();
  const { logits, activations, head } = await m.evidence(x);
  assert.deepEqual(logits, await m.logits(x));
  assert.deepEqual(activations, [await m.activations(x, "penultimate")]);
  assert.deepEqual(head.weights.shape, [3, 2]);
  assert.deepEqual([...head.bias], [0, 0.25]);
  const twice = await m.evidence(x, { layers: [1, "penultimate"] });
  assert.deepEqual(twice.activations, [logits, activations[0]]);
  head.bias[0] = 9;
  assert.equal(m.head.bias[0], 0);
});

Deno.test("MlpModel refuses data it was not made for", async () => {
  using m = model();
  const wide: HostMatrix = { values: new Float32Array(3), shape: [1, 3] };
  await assert.rejects(m.predict(wide), /it has 3 columns, 2 are needed/);
  await assert.rejects(m.predict({ values: new Float32Array(0), shape: [0, 2] }), RangeError);
  await assert.rejects(m.logits({ values: Float32Array.of(NaN, 1), shape: [1, 2] }), RangeError);
  await assert.rejects(m.accuracy(x, [0, 1, 2]), /row 2 has 2/);
  await assert.rejects(m.confusionMatrix(x, [0, 1]), /2 were given for 3 rows/);
  await assert.rejects(
    m.activations(x, 2),
    /layer 2: the model has 2 layers, 0 to 1 or "penultimate" is needed$/,
  );
  await assert.rejects(m.evidence(x, { layers: [-1] }), RangeError);
  await assert.rejects(m.evidence(x, { layers: 1 as never }), {
    name: "TypeError",
    message: "Cannot use layers: 1 was given, a list of layers is needed",
  });
  await assert.rejects(m.activations(x, {} as never), /^RangeError: .* of layer an object: the/);
  using flat = new MlpModel({ ...settings, hidden: [] }, [
    new Float32Array(4),
    new Float32Array(2),
  ]);
  await assert.rejects(
    flat.activations(x, "penultimate"),
    /the model has 1 layers, 0 to 0 is needed$/,
  );
  assert.deepEqual((await flat.evidence(x)).activations, []);
});

Deno.test("MlpModel cannot be used once disposed of", async () => {
  const m = model();
  m[Symbol.dispose]();
  await assert.rejects(m.predict(x), /it was disposed of/);
  assert.throws(() => m.toSafetensors(), TypeError);
  assert.throws(() => m.head, TypeError);
});
