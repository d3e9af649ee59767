import { backendKernel } from "./kernel.ts";
import { referenceForward } from "./dense_forward.ts";
import { AutodiffTraining } from "./dense_training.ts";
import type { HostMatrix } from "../matrix.ts";

/** What a dense layer applies to its sums: nothing, max(0, z), or z·sigmoid(z). */
export type Activation = "linear" | "relu" | "silu";

/** Names of all activations. */
export const activationNames: readonly Activation[] = ["linear", "relu", "silu"];

/** One dense layer of a network. */
export interface DenseLayerSpec {
  /** How many outputs the layer has. */
  readonly units: number;
  /** What is applied to its sums. */
  readonly activation: Activation;
}

/** How a dense network is trained: Adam on the mean cross-entropy of a batch. */
export interface DenseTrainingOptions {
  /** What the input is multiplied by; 1/255 brings 8-bit pixels to 0–1. */
  readonly inputScale: number;
  /** Length of a step of Adam, unless a step is given its own. */
  readonly learningRate: number;
  /** Decay of the mean gradient. */
  readonly beta1: number;
  /** Decay of the mean squared gradient. */
  readonly beta2: number;
  /** Added to the root of the mean squared gradient, after its bias is corrected. */
  readonly epsilon: number;
  /** Times each weight and bias, added to its gradient (L2, as in PyTorch's Adam). */
  readonly weightDecay: number;
  /** Share of the target that is spread evenly over all classes. */
  readonly labelSmoothing: number;
}

/** A network in training. It holds memory of the backend until it is disposed of. */
export interface DenseTraining {
  /**
   * Takes one step on rows of the data, as long as {@link DenseTrainingOptions.learningRate} says unless another
   * length is given; returns the mean cross-entropy before the step. A step that fails may have changed some weights.
   */
  trainBatch(rows: Uint32Array, learningRate?: number): number | Promise<number>;
  /** The weights as they are now: kernel [inputs × units] row by row, then bias, layer by layer. */
  weights(): Float32Array[] | Promise<Float32Array[]>;
  /** Frees what the training holds. */
  [Symbol.dispose](): void;
}

/** What the kernel `MixtapeDense` is called with. */
export interface DenseTrainingAttributes {
  /** Data, shape [n, d]. */
  readonly x: HostMatrix;
  /** The class of each row. */
  readonly labels: Int32Array;
  /** The layers; the last one gives the logits. */
  readonly layers: readonly DenseLayerSpec[];
  /** Initial weights, copied. */
  readonly weights: readonly Float32Array[];
  /** How to train. */
  readonly options: DenseTrainingOptions;
}

/** What the kernel `MixtapeDenseForward` is called with. */
export interface DenseForwardAttributes {
  /** Data, shape [n, d]. */
  readonly x: HostMatrix;
  /** The layers; the last one gives the logits. */
  readonly layers: readonly DenseLayerSpec[];
  /** The weights, as {@link DenseTraining.weights} gives them. */
  readonly weights: readonly Float32Array[];
  /** What the input is multiplied by. */
  readonly inputScale: number;
  /** Which layers to return the outputs of. */
  readonly keep: readonly number[];
}

/**
 * Opens the training of a dense network: the named operation `MixtapeDense`.
 *
 * A backend with a fused kernel runs a whole step in it; on other backends, a step is composed of
 * stock TensorFlow.js operations and their gradients. Both give the same losses within float32
 * rounding.
 *
 * @param x Data, shape [n, d].
 * @param labels The class of each row, from 0 to the last layer's units − 1.
 * @param layers The layers; the last one computes the logits.
 * @param weights Initial kernels [inputs × units] and biases, layer by layer; copied.
 * @param options Parameters of the training.
 * @returns The training, to be disposed of.
 * @throws {RangeError} If the weights do not match the layers, or the labels do not match rows and
 * units.
 */
export function openDenseTraining(
  x: HostMatrix,
  labels: Int32Array,
  layers: readonly DenseLayerSpec[],
  weights: readonly Float32Array[],
  options: DenseTrainingOptions,
): DenseTraining {
  checkWeights(x.shape[1], layers, weights);
  checkLabels(labels, x.shape[0], layers[layers.length - 1].units);
  const kernel = backendKernel<DenseTrainingAttributes, DenseTraining>("MixtapeDense");
  const attributes = { x, labels, layers, weights, options };
  return kernel ? kernel(attributes) : new AutodiffTraining(attributes);
}

/**
 * Runs data through a dense network: the named operation `MixtapeDenseForward`.
 *
 * @param x Data, shape [n, d].
 * @param layers The layers; the last one computes the logits.
 * @param weights Kernels [inputs × units] and biases, layer by layer.
 * @param inputScale Factor that the input is multiplied by.
 * @param keep Indices of the layers whose outputs to return, after their activation, for example
 * `[2, 3]`.
 * @returns For each layer kept, n × units numbers, row by row.
 * @throws {RangeError} If the weights do not match the layers, or an index in `keep` is not that of
 * a layer.
 */
export async function denseForward(
  x: HostMatrix,
  layers: readonly DenseLayerSpec[],
  weights: readonly Float32Array[],
  inputScale: number,
  keep: readonly number[],
): Promise<Float32Array[]> {
  checkWeights(x.shape[1], layers, weights);
  for (const layer of keep) {
    if (layers[layer] !== undefined) continue;
    throw new RangeError(
      `Cannot keep layer ${layer}: the network has ${layers.length} layers, numbered from 0`,
    );
  }
  const kernel = backendKernel<DenseForwardAttributes, Float32Array[] | Promise<Float32Array[]>>(
    "MixtapeDenseForward",
  );
  const attributes = { x, layers, weights, inputScale, keep };
  return await (kernel ? kernel(attributes) : referenceForward(attributes));
}

function checkWeights(
  inputs: number,
  layers: readonly DenseLayerSpec[],
  weights: readonly Float32Array[],
): void {
  if (layers.length === 0 || weights.length !== 2 * layers.length) {
    throw new RangeError(
      `Cannot build a network of ${layers.length} layers from ${weights.length} arrays of weights: ` +
        `at least one layer is needed, and a kernel and a bias for each`,
    );
  }
  let width = inputs;
  layers.forEach(({ units }, layer) => {
    const kernel = weights[2 * layer].length;
    const bias = weights[2 * layer + 1].length;
    if (kernel !== width * units || bias !== units) {
      throw new RangeError(
        `Cannot build layer ${layer}: its kernel has ${kernel} and its bias ${bias} weights, ` +
          `${width} inputs and ${units} units need ${width * units} and ${units}`,
      );
    }
    width = units;
  });
}

function checkLabels(labels: Int32Array, rows: number, classes: number): void {
  if (labels.length !== rows) {
    throw new RangeError(
      `Cannot train on ${rows} rows: ${labels.length} labels were given, one per row is needed`,
    );
  }
  const row = labels.findIndex((label) => label < 0 || label >= classes);
  if (row === -1) return;
  throw new RangeError(
    `Cannot train on row ${row}: its label is ${labels[row]}, ` +
      `the last layer has ${classes} units, labels must be from 0 to ${classes - 1}`,
  );
}
