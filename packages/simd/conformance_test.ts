import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import type { SimdBackendOptions } from "./backend_info.ts";
import { registerSimdBackend } from "./register.ts";

const SETTINGS: Readonly<Record<string, SimdBackendOptions>> = {
  "two threads": { threads: 2 },
  "one thread": { threads: 1 },
  "plain SIMD": { threads: 2, relaxed: false },
  "unshared memory": { threads: 2, shared: false },
  "no WebAssembly": { webAssembly: false },
};

/** Values that repeat but have no pattern: `scale` times something in [-1, 1]. */
function wave(shape: number[], scale = 1, phase = 0): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const values = Float32Array.from({ length: size }, (_, i) => scale * Math.sin(i * 1.7 + phase));
  return tf.tensor(values, shape);
}

const matrix = () => wave([7, 13]) as tf.Tensor2D;
const positive = () => tf.add(tf.abs(wave([7, 13])), 0.1) as tf.Tensor2D;
const row = () => wave([13], 1, 1) as tf.Tensor1D;
const column = () => wave([7, 1], 1, 2) as tf.Tensor2D;
const boxes = () => wave([3, 5, 6]) as tf.Tensor3D;

/** Each runs on both backends and must give the same values. */
const OPERATIONS: Readonly<Record<string, () => tf.Tensor>> = {
  add: () => tf.add(matrix(), wave([7, 13], 2, 1)),
  "add a row": () => tf.add(matrix(), row()),
  "add a column": () => tf.add(matrix(), column()),
  "add to a scalar": () => tf.add(tf.scalar(2), matrix()),
  "add an outer pair": () => tf.add(row(), column()),
  "add over three axes": () => tf.add(boxes(), wave([5, 1])),
  "add integers": () => tf.add(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32")),
  "add to nothing": () => tf.add(tf.zeros([0, 3]), tf.zeros([0, 3])),
  subtract: () => tf.sub(row(), matrix()),
  multiply: () => tf.mul(column(), matrix()),
  divide: () => tf.div(matrix(), positive()),
  "divide by zero": () => tf.div(tf.tensor1d([1, -1, 0, 5]), tf.zeros([4])),
  maximum: () => tf.maximum(matrix(), row()),
  minimum: () => tf.minimum(matrix(), 0.25),
  "squared difference": () => tf.squaredDifference(matrix(), row()),
  power: () => tf.pow(positive(), 2.5),
  relu: () => tf.relu(matrix()),
  relu6: () => tf.relu6(wave([40], 9)),
  "leaky relu": () => tf.leakyRelu(matrix(), 0.3),
  prelu: () => tf.prelu(matrix(), wave([1, 13]) as tf.Tensor2D),
  elu: () => tf.elu(matrix()),
  selu: () => tf.selu(matrix()),
  sigmoid: () => tf.sigmoid(wave([101], 30)),
  tanh: () => tf.tanh(wave([101], 3)),
  softplus: () => tf.softplus(matrix()),
  exp: () => tf.exp(wave([101], 80)),
  log: () => tf.log(positive()),
  negate: () => tf.neg(matrix()),
  absolute: () => tf.abs(matrix()),
  square: () => tf.square(matrix()),
  "square root": () => tf.sqrt(positive()),
  "reciprocal square root": () => tf.rsqrt(positive()),
  reciprocal: () => tf.reciprocal(positive()),
  step: () => tf.step(tf.tensor1d([-1, 0, 1, NaN, 2]), 0.5),
  clip: () => tf.clipByValue(matrix(), -0.3, 0.4),
  sum: () => tf.sum(matrix()),
  "sum of rows": () => tf.sum(matrix(), 1),
  "sum of columns": () => tf.sum(matrix(), 0, true),
  "sum over outer axes": () => tf.sum(boxes(), [0, 1]),
  "sum over a middle axis": () => tf.sum(boxes(), 1),
  "sum of integers": () => tf.sum(tf.tensor1d([1, 2, 3], "int32")),
  "sum of nothing": () => tf.sum(tf.zeros([3, 0]), 1),
  mean: () => tf.mean(matrix()),
  "mean of columns": () => tf.mean(matrix(), 0),
  max: () => tf.max(matrix(), 1, true),
  "max of columns": () => tf.max(matrix(), 0),
  "max with NaN": () => tf.max(tf.tensor2d([1, NaN, 2, 3, 4, 5, 6, 7, 8, 1], [2, 5]), 1),
  min: () => tf.min(matrix(), 1),
  "argument of the maximum": () => tf.argMax(matrix(), 1),
  "log-sum-exp": () => tf.logSumExp(matrix(), 1),
  softmax: () => tf.softmax(matrix()),
  "log-softmax": () => tf.logSoftmax(wave([5, 10], 50)),
  "matrix product": () => tf.matMul(matrix(), wave([13, 9])),
  "product of transposes": () => tf.matMul(matrix(), wave([9, 7]), true, true),
  "batched product": () => tf.matMul(boxes(), wave([3, 6, 4])),
  "broadcast product": () => tf.matMul(boxes(), wave([1, 6, 4])),
  "product of integers": () => tf.matMul(tf.ones([2, 3], "int32"), tf.ones([3, 2], "int32")),
  "vector times matrix": () => tf.dot(row(), wave([13, 4])),
  transpose: () => tf.transpose(matrix()),
  "transpose three axes": () => tf.transpose(boxes(), [2, 0, 1]),
  "transpose the last axes": () => tf.transpose(boxes(), [0, 2, 1]),
  gather: () => tf.gather(matrix(), tf.tensor1d([6, 0, 3, 3], "int32")),
  "gather columns": () => tf.gather(matrix(), tf.tensor1d([1, 12], "int32"), 1),
  slice: () => tf.add(tf.slice(tf.add(matrix(), 1), [2, 0], [3, 13]), 1),
  reshape: () => tf.add(tf.reshape(tf.add(matrix(), 1), [13, 7]), 1),
  concat: () => tf.concat([tf.add(matrix(), 1), matrix()], 0),
  stack: () => tf.stack([tf.add(matrix(), 1), matrix()]),
  unstack: () => tf.unstack(tf.add(matrix(), 1))[3],
  split: () => tf.split(tf.add(wave([6, 4]), 1), 3)[1],
  pad: () => tf.pad(tf.add(matrix(), 1), [[1, 1], [0, 2]]),
  tile: () => tf.tile(tf.add(matrix(), 1), [2, 1]),
  reverse: () => tf.reverse(tf.add(matrix(), 1), 1),
  cast: () => tf.cast(tf.mul(matrix(), 10), "int32"),
  "cast and compute": () => tf.add(tf.cast(tf.tensor1d([1, 2], "int32"), "float32"), 0.5),
  greater: () => tf.greater(tf.add(matrix(), 0), row()),
  where: () => tf.where(tf.greater(matrix(), 0), tf.add(matrix(), 1), tf.zeros([7, 13])),
  "one-hot": () => tf.mul(tf.oneHot(tf.tensor1d([1, 0, 2], "int32"), 3), 2),
  "cumulative sum": () => tf.cumsum(tf.add(matrix(), 1), 1),
  "top k": () => tf.topk(tf.add(matrix(), 1), 3).values,
  "segment sum": () =>
    tf.unsortedSegmentSum(tf.add(matrix(), 1), tf.tensor1d([0, 1, 0, 2, 1, 0, 2], "int32"), 3),
  "two-dimensional convolution": () =>
    tf.conv2d(wave([1, 6, 6, 2]) as tf.Tensor4D, wave([3, 3, 2, 4]) as tf.Tensor4D, 1, "same"),
  "max pooling": () => tf.maxPool(tf.add(wave([1, 6, 6, 2]), 1) as tf.Tensor4D, 2, 2, "valid"),
  "batch normalization": () => tf.batchNorm(matrix(), row(), tf.abs(row()), row(), row()),
  "complex numbers": () => tf.real(tf.fft(tf.complex(wave([8]), wave([8], 1, 3)))),
  norm: () => tf.norm(matrix(), 2, 1),
  moments: () => tf.moments(matrix(), 0).variance,
};

/** Gradients by each of the inputs. */
const GRADIENTS: Readonly<Record<string, () => tf.Tensor[]>> = {
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
};

async function valuesOn(
  backend: string,
  compute: () => tf.Tensor | tf.Tensor[],
): Promise<{ shape: number[]; dtype: string; values: number[] }[]> {
  await tf.setBackend(backend);
  return tf.tidy(() =>
    [compute()].flat().map((tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: [...tensor.dataSync()],
    }))
  );
}

async function assertSame(name: string, compute: () => tf.Tensor | tf.Tensor[]): Promise<void> {
  const expected = await valuesOn("cpu", compute);
  const actual = await valuesOn("simd", compute);
  assert.equal(actual.length, expected.length);
  actual.forEach(({ shape, dtype, values }, i) => {
    assert.deepEqual(
      { shape, dtype },
      { shape: expected[i].shape, dtype: expected[i].dtype },
      name,
    );
    assertAllClose(values, expected[i].values, { rtol: 1e-5, atol: 2e-6 });
  });
}

for (const [setting, options] of Object.entries(SETTINGS)) {
  Deno.test(`simd with ${setting} gives the CPU backend's results`, async (t) => {
    registerSimdBackend(options);
    for (const [name, compute] of Object.entries(OPERATIONS)) {
      await t.step(name, () => assertSame(name, compute));
    }
  });

  Deno.test(`simd with ${setting} gives the CPU backend's gradients`, async (t) => {
    registerSimdBackend(options);
    for (const [name, compute] of Object.entries(GRADIENTS)) {
      await t.step(name, () => assertSame(name, compute));
    }
  });
}

/** The losses of a few epochs of a small network, from the same weights. */
async function trainNetwork(backend: string): Promise<number[]> {
  await tf.setBackend(backend);
  const dense = (units: number, seed: number, activation: "relu" | "softmax") =>
    layers.layers.dense({
      units,
      activation,
      kernelInitializer: layers.initializers.glorotUniform({ seed }),
    });
  const model = layers.sequential({
    layers: [
      layers.layers.inputLayer({ inputShape: [13] }),
      dense(9, 1, "relu"),
      dense(3, 2, "softmax"),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy" });
  const x = wave([50, 13]);
  const y = tf.oneHot(tf.tensor1d(Array.from({ length: 50 }, (_, i) => i % 3), "int32"), 3);
  const { history } = await model.fit(x, y, { epochs: 5, batchSize: 16, shuffle: false });
  model.dispose();
  tf.dispose([x, y]);
  return history.loss as number[];
}

Deno.test("simd trains a layers model as the CPU backend does", async () => {
  registerSimdBackend({ threads: 2 });
  assertAllClose(await trainNetwork("simd"), await trainNetwork("cpu"), { rtol: 1e-4, atol: 0 });
});
