import * as layers from "@tensorflow/tfjs-layers";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import type { SimdBackend } from "./backend.ts";
import { registerSimdBackend } from "./register.ts";
import { type Compute, matrix, sameAsCpu, wave } from "./testing/both_backends.ts";

/** Gradients by each of the inputs. */
const GRADIENTS: Readonly<Record<string, Compute>> = {
  "dense layer": () =>
    tf.grads((x, w, b) =>
      tf.sum(tf.square(tf.fused.matMul({ a: x, b: w, bias: b, activation: "relu" })))
    )([matrix(), wave([13, 5]), wave([5])]),
  "cross-entropy": () => {
    const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0], "int32"), 3);
    return tf.grads((w) => tf.losses.softmaxCrossEntropy(labels, tf.matMul(matrix(), w)))(
      [wave([13, 3])],
    );
  },
  activations: () =>
    tf.grads((x) =>
      tf.sum(tf.mul(tf.sigmoid(x), tf.add(tf.tanh(x), tf.add(tf.softplus(x), tf.elu(x)))))
    )([matrix()]),
  normalization: () =>
    tf.grads((x) => {
      const { mean, variance } = tf.moments(x, 0);
      const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
      return tf.sum(tf.mul(normal, wave([7, 13], 1, 5)));
    })([tf.square(matrix())]),
  "products of transposes": () =>
    tf.grads((a, b) => tf.sum(tf.square(tf.matMul(a, b, true, true))))([matrix(), wave([9, 7])]),
  "broadcast arithmetic": () =>
    tf.grads((x, y) => tf.sum(tf.div(tf.mul(x, y), tf.add(tf.square(y), tf.exp(x)))))([
      matrix(),
      wave([13]),
    ]),
  "softmax and log-sum-exp": () =>
    tf.grads((x) => {
      const entropy = tf.sum(tf.mul(tf.softmax(x as tf.Tensor2D), x));
      return tf.add(entropy, tf.sum(tf.logSumExp(x, 1)));
    })([matrix()]),
  "reductions": () =>
    tf.grads((x) =>
      tf.add(
        tf.sum(tf.max(x, 1)),
        tf.add(tf.sum(tf.square(tf.mean(x, 0))), tf.sum(tf.min(x, 0))),
      )
    )([tf.add(tf.abs(matrix()), 0.5)]),
  "rows, slices and turns": () =>
    tf.grads((x) => {
      const rows = tf.gather(x, tf.tensor1d([6, 0, 3, 3], "int32"));
      const parts = tf.concat([tf.slice(rows, [1, 2], [3, 5]), tf.slice(rows, [0, 0], [3, 5])]);
      return tf.sum(tf.square(tf.pad(tf.transpose(parts), [[1, 0], [0, 2]])));
    })([matrix()]),
  "choices": () =>
    tf.grads((x, y) =>
      tf.sum(
        tf.square(tf.add(tf.minimum(x, y), tf.maximum(tf.relu6(y), tf.clipByValue(x, -0.5, 0.5)))),
      )
    )([matrix(), wave([7, 13], 1, 4)]),
  "convolution and pooling": () =>
    tf.grads((x, w) => {
      const maps = tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same");
      return tf.sum(tf.square(tf.maxPool(maps, 2, 2, "valid")));
    })([wave([1, 6, 6, 2]), wave([3, 3, 2, 4])]),
};

sameAsCpu("gradients", GRADIENTS);

/** Layers of a model, made with the same weights every time. */
const MODELS: Readonly<Record<string, { input: number[]; make: () => layers.layers.Layer[] }>> = {
  "dense layers": {
    input: [13],
    make: () => [dense(9, 1, "relu"), dense(3, 2, "softmax")],
  },
  "convolutions, pooling and batch normalization": {
    input: [6, 6, 2],
    make: () => [
      // A bias would be cancelled by what follows: Adam would walk at random on a gradient of rounding alone.
      layers.layers.conv2d({
        ...{ filters: 4, kernelSize: 3, useBias: false },
        kernelInitializer: glorot(3),
      }),
      layers.layers.batchNormalization(),
      layers.layers.activation({ activation: "elu" }),
      layers.layers.maxPooling2d({ poolSize: 2 }),
      layers.layers.flatten(),
      dense(3, 4, "softmax"),
    ],
  },
  "a recurrent layer": {
    input: [5, 4],
    make: () => [
      layers.layers.gru({
        units: 6,
        kernelInitializer: glorot(5),
        recurrentInitializer: glorot(6),
      }),
      layers.layers.layerNormalization(),
      dense(3, 7, "softmax"),
    ],
  },
};

function glorot(seed: number) {
  return layers.initializers.glorotUniform({ seed });
}

function dense(units: number, seed: number, activation: "relu" | "softmax") {
  return layers.layers.dense({ units, activation, kernelInitializer: glorot(seed) });
}

/** The losses of a few epochs, and what the model then says. */
async function train(backend: string, { input, make }: typeof MODELS[string]): Promise<number[]> {
  await tf.setBackend(backend);
  const inputShape = input;
  const model = layers.sequential({
    layers: [layers.layers.inputLayer({ inputShape }), ...make()],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy" });
  const x = wave([50, ...input]);
  const y = tf.oneHot(tf.tensor1d(Array.from({ length: 50 }, (_, i) => i % 3), "int32"), 3);
  const { history } = await model.fit(x, y, { epochs: 5, batchSize: 16, shuffle: false });
  const output = tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync());
  model.dispose();
  tf.dispose([x, y]);
  return [...history.loss as number[], ...output];
}

for (const [name, model] of Object.entries(MODELS)) {
  Deno.test(`simd trains and runs a layers model of ${name} as the CPU backend does`, async () => {
    registerSimdBackend({ threads: 2 });
    const expected = await train("cpu", model);
    assertAllClose(await train("simd", model), expected, { rtol: 1e-4, atol: 1e-6 });
  });
}

Deno.test("simd frees what training by gradients takes, over hundreds of steps", async () => {
  registerSimdBackend({ threads: 2 });
  await tf.setBackend("simd");
  const { runtime: { memory } } = tf.backend() as SimdBackend;
  const weights = tf.variable(tf.fill([20, 7], 0.1));
  const optimizer = tf.train.adam(0.01);
  const step = (rows: number) => {
    optimizer.minimize(() => {
      const x = tf.fill([rows, 20], 0.3);
      return tf.mean(tf.square(tf.sub(tf.softmax(tf.relu(tf.matMul(x, weights))), 0.2)));
    });
  };
  for (let rows = 1; rows <= 64; rows++) step(rows);
  const held = () => [memory.heldBytes, memory.heldRegions, memory.buffer.byteLength];
  const [before, tensors] = [held(), tf.memory().numTensors];
  for (let i = 0; i < 500; i++) step(1 + i * 37 % 64);
  assert.deepEqual(held(), before);
  assert.equal(tf.memory().numTensors, tensors);
  optimizer.dispose();
  weights.dispose();
});
