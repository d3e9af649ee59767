import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { type DenseTraining, useBackend } from "@mixtape/tensor-utils";
import { normalMatrix } from "@mixtape/tensor-utils/testing";
import { mlpClassifier } from "./mod.ts";

await useBackend("cpu");

/** Trains two epochs of five batches in a session whose losses are the numbers of its steps. */
async function train(stepsAhead: number | undefined, failing = -1) {
  let steps = 0;
  let known = 0;
  let most = 0;
  const session: DenseTraining = {
    stepsAhead,
    trainBatch: async () => {
      const step = steps++;
      most = Math.max(most, steps - known);
      await Promise.resolve();
      return step === failing ? NaN : step;
    },
    weights: () => [Float32Array.of(1, 1), new Float32Array(2)],
    [Symbol.dispose]: () => {},
  };
  const told: string[] = [];
  tf.registerKernel({
    kernelName: "MixtapeDense",
    backendName: "cpu",
    kernelFunc: (() => session) as unknown as tf.KernelFunc,
  });
  try {
    using model = await mlpClassifier(normalMatrix(1, 18, 1), new Int32Array(18).fill(1, 9), {
      ...{ hidden: [], epochs: 2, batchSize: 4 },
      onBatch: ({ epoch, batch, loss }) => {
        known++;
        told.push(`${epoch}.${batch}: ${loss}`);
      },
    });
    return { told, most, losses: [...model.lossHistory], epochs: model.epochs };
  } finally {
    tf.unregisterKernel("MixtapeDense", "cpu");
  }
}

Deno.test("mlpClassifier() takes as many steps ahead of losses as a session says, and tells all in order", async () => {
  const alone = await train(undefined);
  assert.equal(alone.most, 1);
  assert.deepEqual(alone.losses, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // Batches of 4, 4, 4, 4 and 2 rows.
  assert.equal(alone.epochs[0].loss, (4 * (0 + 1 + 2 + 3) + 2 * 4) / 18);
  for (const [stepsAhead, most] of [[1, 1], [3, 3], [64, 5]]) {
    assert.deepEqual(await train(stepsAhead), { ...alone, most });
  }
});

Deno.test("mlpClassifier() names the batch whose loss is not finite, whatever steps came after", async () => {
  for (const stepsAhead of [undefined, 3, 64]) {
    await assert.rejects(train(stepsAhead, 7), /the loss of batch 2 in epoch 1 is NaN/);
  }
});
