import assert from "node:assert/strict";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { recordRun } from "../run/testing/record_run.ts";
import { rowsOf, tinyData } from "../run/testing/tiny_data.ts";
import { softmaxRows, tinyTraining, trainPlainly } from "../run/testing/train_plainly.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const data = tinyData();
const { train, test } = data.inDistribution;
const seed = 5;
const options = { weightDecay: 0.03, seed };
const parameters = { ...tinyTraining, weightDecay: 0.03, mistakes: 3, bins: 4 };

/** Predictions of the test images, computed from the logits one by one, and which of them are wrong. */
async function judgePlainly() {
  using model = await trainPlainly(train, options);
  const judged = softmaxRows(await model.logits(test.images)).map((probabilities, row) => {
    const probability = Math.max(...probabilities);
    const predictedClass = probabilities.indexOf(probability);
    return { row, trueClass: test.labels[row], predictedClass, probability };
  });
  const wrong = judged.filter(({ trueClass, predictedClass }) => trueClass !== predictedClass);
  return { judged, wrong };
}

Deno.test("classifier trains on the training images, and says how the loss fell", async () => {
  const { payload, stages, notes } = await recordRun(run, data, seed, parameters);
  using model = await trainPlainly(train, options);
  assert.deepEqual(payload.architecture, {
    inputs: 16,
    layers: model.layers.map(({ units, activation }) => ({ units, activation })),
  });
  assert.equal(payload.parameterCount, model.parameterCount);
  assert.deepEqual(payload.batchLosses, [...model.lossHistory]);
  assert.equal(payload.batchesPerEpoch, 3);
  assert.equal(payload.epochs.length, 3);
  for (const [at, { trainLoss, testAccuracy, elapsedMs }] of payload.epochs.entries()) {
    using until = await trainPlainly(train, { ...options, epochs: at + 1 });
    assertAllClose([testAccuracy], [await until.accuracy(test.images, test.labels)], {
      rtol: 1e-12,
    });
    const losses = payload.batchLosses.slice(3 * at, 3 * at + 3);
    // Batches of 16, 16 and 9 rows.
    const loss = (16 * losses[0] + 16 * losses[1] + 9 * losses[2]) / 41;
    assertAllClose([trainLoss], [loss], { rtol: 1e-6 });
    assert(elapsedMs >= 0 && elapsedMs < 60_000);
  }
  assert.deepEqual(stages, ["train", "examine"]);
  assert.deepEqual([...new Set(notes)], [
    "epoch 1 of 3",
    "epoch 2 of 3",
    "epoch 3 of 3",
  ]);
});

Deno.test("classifier counts right and wrong test images by class and prediction", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const { judged, wrong } = await judgePlainly();
  const confusion = [0, 1, 2].map((truth) =>
    [0, 1, 2].map((predicted) =>
      judged.filter((one) => one.trueClass === truth && one.predictedClass === predicted).length
    )
  );
  assert.deepEqual(payload.confusion, confusion);
  assert.equal(payload.testAccuracy.trials, 23);
  assert.equal(payload.testAccuracy.successes, 23 - wrong.length);
  assert.equal(payload.testAccuracy.value, (23 - wrong.length) / 23);
});

Deno.test("classifier shows the mistakes that it was surest of, the surest first", async () => {
  const { payload, images } = await recordRun(run, data, seed, parameters);
  const { wrong } = await judgePlainly();
  assert(wrong.length > 3);
  const surest = wrong.toSorted((a, b) => b.probability - a.probability).slice(0, 3);
  assert.deepEqual(
    payload.mistakes.map(({ probability: _, ...mistake }) => mistake),
    surest.map(({ probability: _, ...mistake }) => mistake),
  );
  assertAllClose(
    payload.mistakes.map(({ probability }) => probability),
    surest.map(({ probability }) => probability),
    { rtol: 1e-5 },
  );
  assert.deepEqual(images.get("mistakes"), {
    values: rowsOf(test, surest.map(({ row }) => row)).images.values,
    shape: { height: 4, width: 4 },
    maxValue: 15,
  });
  assert.equal(payload.mistakeImages?.file, "mistakes.png");
});

Deno.test("classifier compares confidence with accuracy in equal bins", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const { judged } = await judgePlainly();
  const { bins, expectedCalibrationError } = payload.reliability;
  const expected = [0, 1, 2, 3].map((bin) => {
    const inside = judged.filter(({ probability }) => Math.ceil(4 * probability) - 1 === bin);
    const mean = (value: (one: typeof judged[number]) => number) =>
      inside.reduce((sum, one) => sum + value(one), 0) / Math.max(1, inside.length);
    return {
      low: bin / 4,
      high: (bin + 1) / 4,
      count: inside.length,
      meanConfidence: mean(({ probability }) => probability),
      accuracy: mean(({ trueClass, predictedClass }) => trueClass === predictedClass ? 1 : 0),
    };
  });
  const flat = (list: typeof bins) => list.flatMap((bin) => Object.values(bin));
  assert.deepEqual(Object.keys(bins[0]).sort(), Object.keys(expected[0]).sort());
  assertAllClose(flat(bins), flat(expected), { rtol: 1e-5 });
  const error = expected.reduce(
    (sum, bin) => sum + bin.count / 23 * Math.abs(bin.accuracy - bin.meanConfidence),
    0,
  );
  assertAllClose([expectedCalibrationError], [error], { rtol: 1e-5 });
});

Deno.test("classifier draws no sheet of mistakes where it makes none", async () => {
  const easy: HostMatrix = { values: Uint8Array.of(15, 0, 0, 15), shape: [2, 2] };
  const split = { images: easy, labels: Int32Array.of(0, 1) };
  const easyData = {
    ...data.inDistribution,
    train: split,
    test: split,
    classNames: ["left", "right"],
    imageShape: { height: 1, width: 2 },
  };
  const found = await recordRun(
    run,
    { ...data, inDistribution: easyData },
    0,
    { ...parameters, epochs: 30, learningRate: 0.02, weightDecay: 0 },
  );
  assert.deepEqual(found.payload.mistakes, []);
  assert.equal(found.payload.mistakeImages, null);
  assert.equal(found.images.size, 0);
});
