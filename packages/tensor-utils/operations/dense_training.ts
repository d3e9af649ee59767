import * as tf from "@tensorflow/tfjs-core";
import type { DenseTraining, DenseTrainingAttributes } from "@mixtape/operations";
import { type HostMatrix, takeRows } from "../matrix.ts";
import { layerOutputs, weightTensor } from "./dense_forward.ts";
import { meanCrossEntropy } from "./dense_gradients.ts";

/** `MixtapeDense` composed of stock TensorFlow.js operations, their gradients and Adam. */
export class AutodiffTraining implements DenseTraining {
  #attributes: DenseTrainingAttributes;
  #weights: tf.Tensor[];
  /** Adam's mean gradients and mean squared gradients. */
  #means: tf.Tensor[];
  #squares: tf.Tensor[];
  #steps = 0;

  constructor(attributes: DenseTrainingAttributes) {
    this.#attributes = attributes;
    this.#weights = attributes.weights.map((w, i) => weightTensor(w, i, attributes.layers));
    this.#means = this.#weights.map((w) => tf.zerosLike(w));
    this.#squares = this.#weights.map((w) => tf.zerosLike(w));
  }

  async trainBatch(
    rows: Uint32Array,
    learningRate = this.#attributes.options.learningRate,
  ): Promise<number> {
    const loss = tf.tidy(() => {
      const { value, grads } = this.#lossAndGradients(rows);
      this.#steps++;
      this.#weights.forEach((_, i) => this.#update(i, grads[i], learningRate));
      return value;
    });
    const [value] = await loss.data();
    loss.dispose();
    return value;
  }

  async weights(): Promise<Float32Array[]> {
    const data = await Promise.all(this.#weights.map((w) => w.data()));
    return data.map((values) => Float32Array.from(values));
  }

  [Symbol.dispose](): void {
    tf.dispose([this.#weights, this.#means, this.#squares]);
  }

  #lossAndGradients(rows: Uint32Array): { value: tf.Tensor; grads: tf.Tensor[] } {
    const { x, labels, layers, options } = this.#attributes;
    const input = batchTensor(x, rows, options.inputScale);
    const classes = layers[layers.length - 1].units;
    const targets = smoothedTargets(labels, rows, classes, options.labelSmoothing);
    const loss = (...weights: tf.Tensor[]): tf.Scalar =>
      meanCrossEntropy(layerOutputs(input, layers, weights)[layers.length - 1], targets);
    return tf.valueAndGrads(loss)(this.#weights);
  }

  /** Takes one step of Adam as PyTorch does (Kingma & Ba 2015, with L2 added to the gradient). */
  #update(i: number, gradient: tf.Tensor, learningRate: number): void {
    const { beta1, beta2, epsilon, weightDecay } = this.#attributes.options;
    const weight = this.#weights[i];
    const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
    const mean = tf.add(tf.mul(this.#means[i], beta1), tf.mul(g, 1 - beta1));
    const square = tf.add(tf.mul(this.#squares[i], beta2), tf.mul(tf.square(g), 1 - beta2));
    const root = tf.div(tf.sqrt(square), Math.sqrt(1 - beta2 ** this.#steps));
    const step = tf.mul(
      tf.div(mean, tf.add(root, epsilon)),
      learningRate / (1 - beta1 ** this.#steps),
    );
    replace(this.#weights, i, tf.sub(weight, step));
    replace(this.#means, i, mean);
    replace(this.#squares, i, square);
  }
}

function replace(tensors: tf.Tensor[], i: number, tensor: tf.Tensor): void {
  tensors[i].dispose();
  tensors[i] = tf.keep(tensor);
}

function batchTensor(x: HostMatrix, rows: Uint32Array, scale: number): tf.Tensor2D {
  const batch = takeRows(x, rows);
  return tf.tensor2d(Float32Array.from(batch.values, (value) => value * scale), [...batch.shape]);
}

function smoothedTargets(
  labels: Int32Array,
  rows: Uint32Array,
  classes: number,
  smoothing: number,
): tf.Tensor2D {
  const targets = new Float32Array(rows.length * classes).fill(smoothing / classes);
  rows.forEach((row, i) => targets[i * classes + labels[row]] += 1 - smoothing);
  return tf.tensor2d(targets, [rows.length, classes]);
}
