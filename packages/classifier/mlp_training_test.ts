import assert from "node:assert/strict";
import { random, useBackend } from "@mixtape/tensor-utils";
import {
  assertAllClose,
  type DenseLayerSpec,
  plainTraining,
  testSeed,
} from "@mixtape/tensor-utils/testing";
import { mlpClassifier, type MlpOptions } from "./mod.ts";

await useBackend("cpu");

const [n, d, classes] = [23, 3, 4];
const hidden: DenseLayerSpec[] = [{ units: 5, activation: "silu" }, {
  units: 6,
  activation: "relu",
}];
const layers: DenseLayerSpec[] = [...hidden, { units: classes, activation: "linear" }];
const source = random(testSeed());
const draw = (rows: number) => ({
  values: Float32Array.from({ length: rows * d }, () => source.normal() + 0.3),
  shape: [rows, d] as const,
});
const x = draw(n);
const labels = Int32Array.from({ length: n }, (_, i) => [0, 1, 1, 3, 2, 3, 3][i % 7]);

/** Kernel and bias of each layer, uniform within 1/√inputs, from the seed's stream 0. */
function initialWeights(seed: number): Float32Array[] {
  const stream = random(seed).split(0);
  return layers.flatMap(({ units }, layer) => {
    const width = layer === 0 ? d : layers[layer - 1].units;
    return [width * units, units].map((length) =>
      Float32Array.from({ length }, () => (2 * stream.next() - 1) / Math.sqrt(width))
    );
  });
}

/** The rows of every batch: another order in each epoch, from the seed's stream 1. */
function batchesOf(seed: number, epochs: number, batchSize: number): Uint32Array[] {
  return Array.from({ length: epochs }, (_, epoch) => {
    const order = random(seed).split(1).split(epoch).permutation(n);
    return Array.from(
      { length: Math.ceil(n / batchSize) },
      (_, batch) => order.slice(batch * batchSize, (batch + 1) * batchSize),
    );
  }).flat();
}

const cases: MlpOptions[] = [
  { batchSize: 7, epochs: 3, learningRate: 0.05 },
  { batchSize: 8, epochs: 4, learningRate: 0.03, learningRateSchedule: "linear" },
  { batchSize: 23, epochs: 6, learningRate: 0.02, weightDecay: 0.3 },
  { batchSize: 5, epochs: 2, learningRate: 0.02, labelSmoothing: 0.4 },
  { batchSize: 30, epochs: 5, learningRate: 0.04, inputScale: -2.5 },
  {
    batchSize: 9,
    epochs: 3,
    learningRate: 0.03,
    learningRateSchedule: "linear",
    weightDecay: 0.05,
    labelSmoothing: 0.1,
    inputScale: 0.4,
  },
];

for (const [i, options] of cases.entries()) {
  Deno.test(`mlpClassifier() takes the steps of a plain float64 training, case ${i}`, async () => {
    const seed = testSeed() + 10 + i;
    using model = await mlpClassifier(x, labels, { hidden, ...options, seed });
    const { epochs, batchSize, learningRate, learningRateSchedule } = model.options;
    const batches = batchesOf(seed, epochs, batchSize);
    const rates = batches.map((_, step) =>
      learningRateSchedule === "linear" ? learningRate * (1 - step / batches.length) : learningRate
    );
    const { weightDecay, labelSmoothing, inputScale } = model.options;
    const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const expected = plainTraining(
      {
        x,
        labels,
        layers,
        weights: initialWeights(seed),
        options: { ...adam, learningRate, weightDecay, labelSmoothing, inputScale },
      },
      batches,
      rates,
    );
    assertAllClose(model.lossHistory, expected, { rtol: 1e-4 });
    const perEpoch = Math.ceil(n / batchSize);
    model.epochs.forEach(({ epoch, loss }, e) => {
      assert.equal(epoch, e);
      const sum = Array.from({ length: perEpoch }, (_, batch) => {
        const at = e * perEpoch + batch;
        return batches[at].length * model.lossHistory[at];
      }).reduce((a, b) => a + b);
      assertAllClose([loss], [sum / n], { rtol: 1e-12 });
    });
  });
}

Deno.test("mlpClassifier() goes through all rows in every epoch, each time in another order", async () => {
  const seed = testSeed();
  // Steps too short to change a loss, and no unit that is silent on several rows: each loss tells which row it is of.
  const options = { hidden: hidden.slice(0, 1), batchSize: 1, learningRate: 1e-30, seed };
  using model = await mlpClassifier(x, labels, { ...options, epochs: 4 });
  const orders = [0, 1, 2, 3].map((e) => model.lossHistory.slice(e * n, (e + 1) * n));
  const sorted = (losses: Float64Array) => [...losses].sort((a, b) => a - b);
  assert.equal(new Set(orders[0]).size, n);
  for (const order of orders) assert.deepEqual(sorted(order), sorted(orders[0]));
  assert.equal(new Set(orders.map(String)).size, 4);
});

Deno.test("mlpClassifier() reports the validation rows of each epoch, in the units of the training", async () => {
  const names = ["ash", "birch", "cedar", "elm"];
  const validation = { x: draw(9), labels: ["elm", "ash", "elm", "birch", "birch"] };
  validation.labels.push("cedar", "ash", "elm", "elm");
  const named = Array.from(labels, (label) => names[label]);
  const options = { hidden, batchSize: 8, learningRate: 0.05, inputScale: 0.3, seed: testSeed() };
  using model = await mlpClassifier(x, named, { ...options, epochs: 3, validation });
  assert.equal(model.epochs.length, 3);
  for (const { epoch, validationLoss, validationAccuracy } of model.epochs) {
    using then = await mlpClassifier(x, named, { ...options, epochs: epoch + 1 });
    const { values } = await then.logits(validation.x);
    const losses = validation.labels.map((label, i) => {
      const row = [...values.subarray(i * classes, (i + 1) * classes)];
      const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
      return Math.log(total) - row[names.indexOf(label)];
    });
    assertAllClose([validationLoss!], [losses.reduce((a, b) => a + b) / 9], { rtol: 1e-5 });
    assert.equal(validationAccuracy, await then.accuracy(validation.x, validation.labels));
    const right = (await then.predict(validation.x)).filter((name, i) =>
      name === validation.labels[i]
    );
    assert.equal(validationAccuracy, right.length / 9);
  }
});
