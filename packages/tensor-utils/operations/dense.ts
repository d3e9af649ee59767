import type {
  Activation,
  DenseLayerSpec,
  DenseTraining,
  DenseTrainingOptions,
  HostMatrix,
} from "@mixtape/operations";
import { referenceForward } from "./dense_forward.ts";
import { AutodiffTraining } from "./dense_training.ts";
import { backendKernel } from "./kernel.ts";

/** Names of all activations. */
export const activationNames: readonly Activation[] = ["linear", "relu", "silu"];

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
 * @param signal Ends calls that take long; their promise is then rejected with its reason.
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
  signal?: AbortSignal,
): DenseTraining {
  checkWeights(x.shape[1], layers, weights);
  checkLabels(labels, x.shape[0], layers[layers.length - 1].units);
  const kernel = backendKernel("MixtapeDense");
  const attributes = { x, labels, layers, weights, options, signal };
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
 * @param signal Ends the work if it takes long; the promise is then rejected with its reason.
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
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  checkWeights(x.shape[1], layers, weights);
  for (const layer of keep) {
    if (layers[layer] !== undefined) continue;
    throw new RangeError(
      `Cannot keep layer ${layer}: the network has ${layers.length} layers, numbered from 0`,
    );
  }
  const kernel = backendKernel("MixtapeDenseForward");
  const attributes = { x, layers, weights, inputScale, keep, signal };
  return await (kernel ? kernel(attributes) : referenceForward(attributes));
}

/**
 * Checks that weights match the layers of a network with so many inputs.
 *
 * @throws {RangeError} If they do not.
 */
export function checkWeights(
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
