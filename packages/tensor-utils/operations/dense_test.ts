import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import fixture from "../fixtures/dense_training.json" with { type: "json" };
import { assertAllClose, assertNoLeak } from "../testing/mod.ts";
import {
  type Activation,
  denseForward,
  type DenseLayerSpec,
  type DenseTrainingOptions,
  type HostMatrix,
  openDenseTraining,
  random,
  useBackend,
} from "../mod.ts";

const plain: DenseTrainingOptions = {
  inputScale: 1,
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  labelSmoothing: 0,
};

await useBackend("cpu");

function network(seed: number, d: number, layers: readonly DenseLayerSpec[]): Float32Array[] {
  const source = random(seed);
  let width = d;
  return layers.flatMap(({ units }) => {
    const sizes = [width * units, units];
    width = units;
    return sizes.map((size) => Float32Array.from({ length: size }, () => source.normal() / 2));
  });
}

function matrix(seed: number, n: number, d: number): HostMatrix {
  const source = random(seed);
  return { values: Float32Array.from({ length: n * d }, () => source.normal()), shape: [n, d] };
}

/** A plain float64 forward pass, to check against. */
function forward64(x: HostMatrix, layers: readonly DenseLayerSpec[], weights: Float32Array[]) {
  let rows = Array.from(
    { length: x.shape[0] },
    (_, i) => [...x.values.subarray(i * x.shape[1], (i + 1) * x.shape[1])],
  );
  return layers.map(({ units, activation }, layer) => {
    const [kernel, bias] = [weights[2 * layer], weights[2 * layer + 1]];
    rows = rows.map((row) =>
      Array.from(
        bias,
        (b, j) =>
          activate(row.reduce((sum, v, k) => sum + v * kernel[k * units + j], b), activation),
      )
    );
    return rows.flat();
  });
}

function activate(z: number, activation: Activation): number {
  if (activation === "relu") return Math.max(z, 0);
  return activation === "silu" ? z / (1 + Math.exp(-z)) : z;
}

for (const [index, { options, layers, initial, batches, ...expected }] of fixture.cases.entries()) {
  Deno.test(`openDenseTraining() takes the steps of PyTorch, case ${index}`, async () => {
    const n = expected.labels.length;
    const x: HostMatrix = {
      values: Uint8Array.from(expected.x),
      shape: [n, expected.x.length / n],
    };
    const specs = layers as DenseLayerSpec[];
    await assertNoLeak(async () => {
      using training = openDenseTraining(
        x,
        Int32Array.from(expected.labels),
        specs,
        initial.map((w) => Float32Array.from(w)),
        options,
      );
      const losses: number[] = [];
      for (const [i, rows] of batches.entries()) {
        losses.push(await training.trainBatch(Uint32Array.from(rows), expected.learningRates[i]));
      }
      assertAllClose(losses, expected.losses, { rtol: 1e-5 });
      const weights = await training.weights();
      weights.forEach((w, i) => assertAllClose(w, expected.final[i], { rtol: 1e-3, atol: 2e-5 }));
      const [logits] = await denseForward(x, specs, weights, options.inputScale, [3]);
      assertAllClose(logits, expected.logits, { rtol: 1e-4, atol: 1e-4 });
    });
  });
}

Deno.test("openDenseTraining() copies the weights it starts from", async () => {
  const layers = [{ units: 2, activation: "linear" }] as const;
  const initial = network(1, 3, layers);
  const before = initial.map((w) => w.slice());
  using training = openDenseTraining(
    matrix(2, 4, 3),
    Int32Array.of(0, 1, 0, 1),
    layers,
    initial,
    plain,
  );
  await training.trainBatch(Uint32Array.of(0, 1));
  assert.deepEqual(initial, before);
  assert.notDeepEqual(await training.weights(), before);
});

Deno.test("openDenseTraining() starts at log(classes) when the logits are equal", async () => {
  const layers = [{ units: 5, activation: "linear" }] as const;
  const zeros = [new Float32Array(15), new Float32Array(5)];
  for (const labelSmoothing of [0, 0.3]) {
    const options = { ...plain, labelSmoothing };
    using training = openDenseTraining(
      matrix(3, 2, 3),
      Int32Array.of(4, 0),
      layers,
      zeros,
      options,
    );
    assertAllClose([await training.trainBatch(Uint32Array.of(1, 0))], [Math.log(5)]);
  }
});

Deno.test("openDenseTraining() refuses weights and labels that do not fit", () => {
  const layers = [{ units: 2, activation: "relu" }] as const;
  const x = matrix(4, 2, 3);
  const weights = network(4, 3, layers);
  const open = (labels: number[], w: Float32Array[]) => () =>
    openDenseTraining(x, Int32Array.from(labels), layers, w, plain);
  assert.throws(open([0, 2], weights), /label is 2.*from 0 to 1/);
  assert.throws(open([0], weights), /1 labels were given/);
  assert.throws(open([0, 1], weights.slice(1)), RangeError);
  assert.throws(open([0, 1], [weights[0].slice(1), weights[1]]), /kernel has 5/);
});

Deno.test("denseForward() equals a float64 pass for any layers", async () => {
  const layer = fc.record({
    units: fc.integer({ min: 1, max: 9 }),
    activation: fc.constantFrom<Activation>("linear", "relu", "silu"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(layer, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer(),
      async (layers, n, d, seed) => {
        const x = matrix(seed, n, d);
        const weights = network(seed, d, layers);
        const keep = layers.map((_, i) => i);
        const before = tf.memory().numTensors;
        const outputs = await denseForward(x, layers, weights, 1, keep);
        assert.equal(tf.memory().numTensors, before);
        forward64(x, layers, weights).forEach((expected, i) =>
          assertAllClose(outputs[i], expected, { rtol: 1e-4, atol: 1e-4 })
        );
      },
    ),
    { numRuns: 40, seed: 0 },
  );
});

Deno.test("denseForward() gives a row the same output in any block", async () => {
  const layers = [{ units: 3, activation: "silu" }] as const;
  const x = matrix(6, 5000, 2);
  const weights = network(6, 2, layers);
  const [all] = await denseForward(x, layers, weights, 0.5, [0]);
  const last: HostMatrix = { values: x.values.slice(-2), shape: [1, 2] };
  const [one] = await denseForward(last, layers, weights, 0.5, [0]);
  assertAllClose(all.slice(-3), one);
});

Deno.test("denseForward() refuses a layer that is not there", async () => {
  const layers = [{ units: 3, activation: "relu" }] as const;
  await assert.rejects(
    denseForward(matrix(5, 1, 2), layers, network(5, 2, layers), 1, [1]),
    /Cannot keep layer 1: the network has 1 layers/,
  );
});
