// What a training step touches besides products: element-wise operations, reductions and softmax, beside the
// CPU backend's.
import { type BackendName, useBackend } from "@mixtape/tensor-utils";
import * as tf from "@tensorflow/tfjs-core";

const [rows, columns] = [1024, 256];

function wave(phase: number, ...shape: number[]): tf.Tensor {
  const length = tf.util.sizeFromShape(shape);
  return tf.tensor(Float32Array.from({ length }, (_, i) => 2 * Math.sin(1.7 * i + phase)), shape);
}

interface Inputs {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  readonly row: tf.Tensor;
}

const operations: Readonly<Record<string, (inputs: Inputs) => tf.Tensor>> = {
  add: ({ x, y }) => tf.add(x, y),
  "multiply by a row": ({ x, row }) => tf.mul(x, row),
  relu: ({ x }) => tf.relu(x),
  exp: ({ x }) => tf.exp(x),
  sigmoid: ({ x }) => tf.sigmoid(x),
  "sum of columns": ({ x }) => tf.sum(x, 0),
  "sum of rows": ({ x }) => tf.sum(x, 1),
  "max of rows": ({ x }) => tf.max(x, 1),
  softmax: ({ x }) => tf.softmax(x as tf.Tensor2D),
  transpose: ({ x }) => tf.transpose(x),
};

const backends: readonly { name: BackendName; threads?: number }[] = [
  { name: "cpu" },
  { name: "simd", threads: 1 },
  { name: "simd", threads: 2 },
];

/** By backend, because a tensor of one is moved when another needs it. */
const inputs = new WeakMap<tf.KernelBackend, Inputs>();

function inputsHere(): Inputs {
  const here = inputs.get(tf.backend()) ??
    { x: wave(0, rows, columns), y: wave(1, rows, columns), row: wave(2, columns) };
  inputs.set(tf.backend(), here);
  return here;
}

for (const [operation, compute] of Object.entries(operations)) {
  for (const { name, threads } of backends) {
    const on = threads === undefined ? name : `${name} with ${threads} threads`;
    const group = `${operation}, ${rows} × ${columns}`;
    Deno.bench(`${group}, ${on}`, { group, baseline: name === "cpu" }, async (b) => {
      await useBackend(name, { threads });
      const own = inputsHere();
      b.start();
      tf.dispose(tf.tidy(() => compute(own)));
      b.end();
    });
  }
}
