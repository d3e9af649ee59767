import * as tf from "@tensorflow/tfjs-core";
import type { DenseForwardAttributes, DenseLayerSpec } from "@mixtape/operations";
import type { HostMatrix } from "../matrix.ts";
import { dense, denseOfData } from "./dense_gradients.ts";

/**
 * Number of rows that go through the network at once: enough to amortise a dispatch, few enough to
 * use little memory.
 */
const blockRows = 4096;

/** Largest number of inputs or outputs at once: half of the 128 MiB that WebGPU guarantees for a buffer. */
const mostValues = 2 ** 24;

/** Runs `MixtapeDenseForward` composed of stock TensorFlow.js operations. */
export async function referenceForward(
  attributes: DenseForwardAttributes,
): Promise<Float32Array[]> {
  const { x, layers, weights, inputScale, keep } = attributes;
  const n = x.shape[0];
  const kept = keep.map((layer) => new Float32Array(n * layers[layer].units));
  const widest = layers.reduce((most, { units }) => Math.max(most, units), x.shape[1]);
  const size = Math.max(1, Math.min(blockRows, Math.floor(mostValues / widest)));
  for (let start = 0; start < n; start += size) {
    const end = Math.min(start + size, n);
    const outputs = tf.tidy(() => {
      const input = scaledTensor(x, start, end, inputScale);
      const all = layerOutputs(input, layers, weights.map((w, i) => weightTensor(w, i, layers)));
      return keep.map((layer) => all[layer]);
    });
    const data = await Promise.all(outputs.map((output) => output.data()));
    tf.dispose(outputs);
    data.forEach((values, i) => kept[i].set(values, start * layers[keep[i]].units));
  }
  return kept;
}

/** Computes the outputs of every layer, after its activation. */
export function layerOutputs(
  input: tf.Tensor2D,
  layers: readonly DenseLayerSpec[],
  weights: readonly tf.Tensor[],
): tf.Tensor2D[] {
  const outputs: tf.Tensor2D[] = [];
  layers.forEach(({ activation }, layer) => {
    const kernel = weights[2 * layer] as tf.Tensor2D;
    const bias = weights[2 * layer + 1] as tf.Tensor1D;
    const before = outputs.at(-1);
    outputs.push(
      before
        ? dense(before, kernel, bias, activation)
        : denseOfData(input, kernel, bias, activation),
    );
  });
  return outputs;
}

/**
 * Makes a tensor of a kernel [inputs, units] or a bias [units], by its position in the list of
 * weights.
 */
export function weightTensor(
  values: Float32Array,
  index: number,
  layers: readonly DenseLayerSpec[],
): tf.Tensor {
  const { units } = layers[index >> 1];
  // A copy, because the CPU backend keeps the array it is given.
  const copy = values.slice();
  return index % 2 === 1 ? tf.tensor1d(copy) : tf.tensor2d(copy, [copy.length / units, units]);
}

function scaledTensor(x: HostMatrix, start: number, end: number, scale: number): tf.Tensor2D {
  const d = x.shape[1];
  const values = Float32Array.from(x.values.subarray(start * d, end * d), (value) => value * scale);
  return tf.tensor2d(values, [end - start, d]);
}
