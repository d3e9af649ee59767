import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import {
  assertAllClose,
  assertNoLeak,
  normalMatrix,
  testRounds,
} from "@mixtape/tensor-utils/testing";
import { type EpochStats, mlpClassifier, type MlpOptions, referenceLayers } from "./mod.ts";

await useBackend("cpu");

/** `classes` blobs far apart; row i belongs to class i mod classes. */
function blobs(seed: number, n: number, d: number, classes: number) {
  const labels = Int32Array.from({ length: n }, (_, i) => i % classes);
  return { x: normalMatrix(seed, n, d, (i, j) => j % classes === labels[i] ? 6 : 0), labels };
}

const quick: MlpOptions = {
  hidden: [{ units: 6, activation: "relu" }, { units: 4, activation: "silu" }],
  epochs: 30,
  batchSize: 32,
  learningRate: 0.02,
};

Deno.test("mlpClassifier() has the reference architecture and settings by default", async () => {
  const { x, labels } = blobs(0, 12, 4, 3);
  using model = await mlpClassifier(x, labels, { epochs: 1 });
  assert.deepEqual(model.options.hidden, referenceLayers);
  assert.deepEqual(model.layers.map(({ units, activation }) => `${units} ${activation}`), [
    "100 relu",
    "50 linear",
    "25 silu",
    "3 linear",
  ]);
  const { batchSize, learningRate, weightDecay, labelSmoothing, inputScale, seed } = model.options;
  assert.equal(model.options.learningRateSchedule, "constant");
  assert.deepEqual(
    [batchSize, learningRate, weightDecay, labelSmoothing, inputScale, seed],
    [1024, 0.002, 0, 0, 1, 0],
  );
  const { options, classes, epochs } = model;
  for (const kept of [options, options.hidden, ...options.hidden, classes, epochs]) {
    assert.ok(Object.isFrozen(kept));
  }
});

Deno.test("mlpClassifier() separates blobs for every seed", async () => {
  const { x, labels } = blobs(1, 96, 5, 3);
  for (let seed = 0; seed < testRounds(8); seed++) {
    using model = await mlpClassifier(x, labels, { ...quick, seed });
    assert.equal(await model.accuracy(x, labels), 1, `seed ${seed}`);
  }
});

Deno.test("mlpClassifier() gives the same numbers for the same seed, others for another", async () => {
  const { x, labels } = blobs(2, 40, 3, 2);
  const options = { ...quick, epochs: 2, batchSize: 16 };
  using first = await mlpClassifier(x, labels, { ...options, seed: 3 });
  using again = await mlpClassifier(x, labels, { ...options, seed: 3 });
  using other = await mlpClassifier(x, labels, { ...options, seed: 4 });
  assert.deepEqual(first.lossHistory, again.lossHistory);
  assert.deepEqual(first.toSafetensors(), again.toSafetensors());
  assert.notDeepEqual(first.lossHistory, other.lossHistory);
});

Deno.test("mlpClassifier() has the same losses on simd as on cpu, and the same bits on any threads", async () => {
  const { x, labels } = blobs(9, 200, 30, 4);
  const options: MlpOptions = {
    epochs: 3,
    batchSize: 64,
    weightDecay: 0.001,
    learningRateSchedule: "linear",
    seed: 1,
  };
  using plain = await mlpClassifier(x, labels, options);
  const fused: Uint8Array[] = [];
  for (const threads of [1, 2]) {
    await useBackend("simd", { threads });
    using model = await mlpClassifier(x, labels, options);
    assertAllClose(model.lossHistory, plain.lossHistory, { rtol: 1e-4 });
    fused.push(model.toSafetensors());
  }
  await useBackend("cpu");
  assert.deepEqual(fused[0], fused[1]);
});

Deno.test("mlpClassifier() starts like nn.Linear: uniform within 1/√inputs", async () => {
  const { x, labels } = blobs(3, 4, 400, 2);
  using model = await mlpClassifier(x, labels, { hidden: [], epochs: 0 });
  const { weights, bias } = model.head;
  const all = [...weights.values, ...bias];
  const bound = 1 / Math.sqrt(400);
  assert.ok(all.every((w) => Math.abs(w) <= bound));
  const mean = all.reduce((a, b) => a + b) / all.length;
  const variance = all.reduce((a, b) => a + b * b, 0) / all.length;
  assertAllClose([mean], [0], { atol: 0.1 * bound });
  assertAllClose([variance], [bound ** 2 / 3], { rtol: 0.1 });
});

Deno.test("mlpClassifier() reports every batch and epoch, and goes through all rows", async () => {
  const { x, labels } = blobs(4, 50, 3, 2);
  const batches: string[] = [];
  const epochs: EpochStats[] = [];
  using model = await mlpClassifier(x, labels, {
    ...quick,
    epochs: 2,
    batchSize: 16,
    validation: { x, labels },
    onBatch: ({ epoch, batch, batches: of }) => batches.push(`${epoch}:${batch}/${of}`),
    onEpoch: (stats) => epochs.push(stats),
  });
  assert.deepEqual(batches, [
    "0:0/4",
    "0:1/4",
    "0:2/4",
    "0:3/4",
    "1:0/4",
    "1:1/4",
    "1:2/4",
    "1:3/4",
  ]);
  assert.equal(model.lossHistory.length, 8);
  assert.deepEqual(model.epochs, epochs);
  const [a, b, c, d] = model.lossHistory;
  assertAllClose([epochs[0].loss], [(16 * (a + b + c) + 2 * d) / 50]);
  assert.equal(epochs[1].validationAccuracy, await model.accuracy(x, labels));
  assert.ok(epochs[1].validationLoss! < epochs[0].validationLoss!);
});

Deno.test("mlpClassifier() brings bytes to 0–1, whatever their range", async () => {
  const values = Uint8Array.of(0, 16, 16, 0, 4, 12);
  const x: HostMatrix = { values, shape: [3, 2] };
  using model = await mlpClassifier(x, [0, 1, 0], { ...quick, epochs: 1 });
  assert.equal(model.options.inputScale, 1 / 16);
  const scaled: HostMatrix = { values: Float32Array.from(values, (v) => v / 16), shape: [3, 2] };
  using same = await mlpClassifier(scaled, [0, 1, 0], { ...quick, epochs: 1 });
  assertAllClose(model.lossHistory, same.lossHistory);
  const zeros: HostMatrix = { values: new Uint8Array(2), shape: [1, 2] };
  using blank = await mlpClassifier(zeros, [0], { ...quick, epochs: 1 });
  assert.equal(blank.options.inputScale, 1);
});

Deno.test("mlpClassifier() takes one row, a tensor and float64", async () => {
  const values = [0.5, -1, 2];
  using one = await mlpClassifier({ values: Float64Array.from(values), shape: [1, 3] }, [1], quick);
  assert.equal(one.options.classes, 2);
  assert.deepEqual(
    [...await one.predict({ values: Float32Array.from(values), shape: [1, 3] })],
    [1],
  );
  const x = tf.tensor2d(values, [1, 3]);
  using same = await mlpClassifier(x, [1], quick);
  assertAllClose(same.lossHistory, one.lossHistory);
  x.dispose();
});

Deno.test("mlpClassifier() shortens its steps to 0 if the schedule is linear", async () => {
  const x: HostMatrix = { values: Float32Array.of(1, 2), shape: [1, 2] };
  // While the gradient hardly changes, a step of Adam is as long as the learning rate.
  const options: MlpOptions = { hidden: [], learningRate: 1e-4 };
  using start = await mlpClassifier(x, [1], { ...options, epochs: 0 });
  const before = start.head.weights.values;
  for (const [learningRateSchedule, steps] of [["constant", 10], ["linear", 5.5]] as const) {
    using model = await mlpClassifier(x, [1], { ...options, epochs: 10, learningRateSchedule });
    const moved = Array.from(model.head.weights.values, (w, i) => Math.abs(w - before[i]));
    assertAllClose(moved, new Array(4).fill(1e-4 * steps), { rtol: 0.01 });
  }
});

Deno.test("mlpClassifier() pulls weights towards 0 with weight decay", async () => {
  const { x, labels } = blobs(5, 64, 4, 2);
  const norms: number[] = [];
  for (const weightDecay of [0, 0.01, 0.1]) {
    using model = await mlpClassifier(x, labels, { ...quick, weightDecay });
    norms.push([...model.head.weights.values].reduce((sum, w) => sum + w * w, 0));
  }
  assert.ok(norms[0] > norms[1] && norms[1] > norms[2], String(norms));
});

Deno.test("mlpClassifier() is less sure with label smoothing", async () => {
  const { x, labels } = blobs(6, 64, 4, 2);
  const surest = async (labelSmoothing: number): Promise<number> => {
    using model = await mlpClassifier(x, labels, { ...quick, epochs: 60, labelSmoothing });
    const { values } = await model.probabilities(x);
    return [...values].reduce((max, p) => Math.max(max, p), 0);
  };
  assert.ok(await surest(0) > 0.999);
  assert.ok(await surest(0.2) < 0.97);
});

Deno.test("mlpClassifier() does not depend on the names of the classes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 99 }), async (seed) => {
      const { x, labels } = blobs(seed, 60, 4, 2);
      const swapped = labels.map((label) => 1 - label);
      using model = await mlpClassifier(x, labels, { ...quick, seed });
      using mirrored = await mlpClassifier(x, swapped, { ...quick, seed });
      assert.equal(await model.accuracy(x, labels), await mirrored.accuracy(x, swapped));
    }),
    { numRuns: 5, seed: 0 },
  );
});

Deno.test("mlpClassifier() refuses what it cannot train on", async () => {
  const { x, labels } = blobs(7, 6, 2, 2);
  const refuses = (
    error: typeof RangeError | typeof TypeError,
    message: RegExp,
    run: () => unknown,
  ) =>
    assert.rejects(async () => await run(), (e) => e instanceof error && message.test(e.message));
  const fit = (options: MlpOptions) => () => mlpClassifier(x, labels, options);
  await refuses(
    RangeError,
    /0 rows/,
    () => mlpClassifier({ values: new Float32Array(0), shape: [0, 2] }, []),
  );
  await refuses(
    RangeError,
    /row 1, column 0 is NaN/,
    () => mlpClassifier({ values: Float32Array.of(1, 2, NaN, 4), shape: [2, 2] }, [0, 1]),
  );
  await refuses(RangeError, /5 were given for 6 rows/, () => mlpClassifier(x, labels.slice(1)));
  await refuses(RangeError, /row 0 has NaN/, () => mlpClassifier(x, [NaN, 0, 0, 0, 0, 0]));
  await refuses(
    RangeError,
    /row 2 has 3, with 2 classes they must be from 0 to 1$/,
    () => mlpClassifier(x, [0, 1, 3, 0, 0, 0], { classes: 2 }),
  );
  await refuses(RangeError, /classes/, fit({ classes: 1 }));
  await refuses(RangeError, /epochs/, fit({ epochs: 1.5 }));
  await refuses(RangeError, /batchSize/, fit({ batchSize: 0 }));
  await refuses(RangeError, /learningRate/, fit({ learningRate: 0 }));
  const cosine = "cosine" as "linear";
  await refuses(
    RangeError,
    /learningRateSchedule.*"cosine"/,
    fit({ learningRateSchedule: cosine }),
  );
  await refuses(RangeError, /weightDecay/, fit({ weightDecay: -1 }));
  await refuses(RangeError, /labelSmoothing/, fit({ labelSmoothing: 1 }));
  await refuses(RangeError, /inputScale/, fit({ inputScale: Infinity }));
  await refuses(RangeError, /seed/, fit({ seed: 0.5 }));
  await refuses(
    RangeError,
    /hidden\[0\]\.units/,
    fit({ hidden: [{ units: 0, activation: "relu" }] }),
  );
  const tanh = { units: 1, activation: "tanh" } as unknown as { units: 1; activation: "relu" };
  await refuses(RangeError, /hidden\[0\]\.activation.*"tanh"/, fit({ hidden: [tanh] }));
  for (const hidden of ["relu", {}, 5] as unknown as []) {
    await refuses(TypeError, /Cannot use hidden: an array of layers/, fit({ hidden }));
  }
  const narrow: HostMatrix = { values: new Float32Array(3), shape: [3, 1] };
  await refuses(
    RangeError,
    /validation.x.*2 are needed/,
    fit({
      validation: { x: narrow, labels: [0, 0, 0] },
    }),
  );
  const disposed = tf.tensor2d([1, 2], [1, 2]);
  disposed.dispose();
  await refuses(TypeError, /disposed/, () => mlpClassifier(disposed, [0]));
});

Deno.test("mlpClassifier() says so when the loss or the weights stop being finite", async () => {
  const { x, labels } = blobs(8, 32, 2, 2);
  const steep = { ...quick, learningRate: 1e38 };
  await assertNoLeak(async () => {
    await assert.rejects(
      mlpClassifier(x, labels, steep),
      /loss of batch 0 in epoch 1 .*inputScale/,
    );
    const last = { ...steep, epochs: 1, learningRate: 1e300 };
    await assert.rejects(mlpClassifier(x, labels, last), /weights are no longer finite/);
    const validation = { x, labels };
    await assert.rejects(mlpClassifier(x, labels, { ...steep, epochs: 1, validation }), RangeError);
  });
});

Deno.test("mlpClassifier() stops when its signal is aborted, and leaks nothing", async () => {
  const { x, labels } = blobs(8, 32, 2, 2);
  await assertNoLeak(async () => {
    const early = AbortSignal.abort(new RangeError("stop"));
    await assert.rejects(mlpClassifier(x, labels, { signal: early }), /stop/);
    const controller = new AbortController();
    let batches = 0;
    const onBatch = (): void => {
      if (++batches === 3) controller.abort();
    };
    const fit = mlpClassifier(x, labels, {
      ...quick,
      batchSize: 8,
      onBatch,
      signal: controller.signal,
    });
    await assert.rejects(fit, { name: "AbortError" });
    assert.equal(batches, 3);
  });
});
