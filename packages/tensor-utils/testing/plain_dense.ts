import type { Activation, DenseLayerSpec, DenseTrainingAttributes } from "@mixtape/operations";
import type { HostMatrix } from "../matrix.ts";

/** The outputs of a layer. */
export interface PlainOutputs {
  /** n × units, row by row. */
  readonly values: Float64Array;
  /** Largest float32 error of each value, from the rounding of every product and sum on its way. */
  readonly bounds: Float64Array;
}

/** A layer as it ran on one row. */
interface PlainLayer {
  readonly sums: Float64Array;
  readonly outputs: Float64Array;
  readonly bounds: Float64Array;
}

const ROUNDOFF = 2 ** -24;

/**
 * Computes the result of `MixtapeDenseForward` in float64, with bounds on its float32 error.
 *
 * @param x Data, shape [n, d].
 * @param layers The layers.
 * @param weights Kernels [inputs × units] and biases, layer by layer.
 * @param inputScale Factor that the input is multiplied by.
 * @returns The outputs of every layer.
 */
export function plainForward(
  { values, shape: [n, d] }: HostMatrix,
  layers: readonly DenseLayerSpec[],
  weights: readonly ArrayLike<number>[],
  inputScale: number,
): PlainOutputs[] {
  const outputs = layers.map(({ units }) => ({
    values: new Float64Array(n * units),
    bounds: new Float64Array(n * units),
  }));
  for (let i = 0; i < n; i++) {
    const row = Float64Array.from(values.subarray(i * d, (i + 1) * d), (v) => v * inputScale);
    runRow(row, layers, weights).forEach(({ outputs: own, bounds }, layer) => {
      outputs[layer].values.set(own, i * own.length);
      outputs[layer].bounds.set(bounds, i * own.length);
    });
  }
  return outputs;
}

/**
 * Computes the losses of `MixtapeDense` in float64: Adam with L2 added to the gradient (Kingma & Ba
 * 2015).
 *
 * @param attributes The data, the network and the parameters of the training.
 * @param batches The rows of each step.
 * @param learningRates The learning rate of each step; that of the options by default.
 * @returns The mean cross-entropy before each step.
 */
export function plainTraining(
  { x, labels, layers, weights, options }: DenseTrainingAttributes,
  batches: readonly Uint32Array[],
  learningRates?: readonly number[],
): number[] {
  const { beta1, beta2, epsilon, weightDecay } = options;
  const current = weights.map((w) => Float64Array.from(w));
  const means = weights.map((w) => new Float64Array(w.length));
  const squares = weights.map((w) => new Float64Array(w.length));
  return batches.map((rows, step) => {
    const gradients = weights.map((w) => new Float64Array(w.length));
    let loss = 0;
    for (const row of rows) {
      const d = x.shape[1];
      const input = Float64Array.from(
        x.values.subarray(row * d, (row + 1) * d),
        (value) => value * options.inputScale,
      );
      const smoothing = options.labelSmoothing;
      loss += addGradients(input, labels[row], smoothing, rows.length, layers, current, gradients);
    }
    const rate = learningRates?.[step] ?? options.learningRate;
    current.forEach((w, i) => {
      for (let j = 0; j < w.length; j++) {
        const g = gradients[i][j] + weightDecay * w[j];
        means[i][j] = beta1 * means[i][j] + (1 - beta1) * g;
        squares[i][j] = beta2 * squares[i][j] + (1 - beta2) * g * g;
        const mean = means[i][j] / (1 - beta1 ** (step + 1));
        const square = squares[i][j] / (1 - beta2 ** (step + 1));
        w[j] -= rate * mean / (Math.sqrt(square) + epsilon);
      }
    });
    return loss;
  });
}

/**
 * Adds the contribution of one of `rows` rows to the gradients of the mean loss, and returns its
 * share of the loss.
 */
function addGradients(
  input: Float64Array,
  label: number,
  smoothing: number,
  rows: number,
  layers: readonly DenseLayerSpec[],
  weights: readonly Float64Array[],
  gradients: readonly Float64Array[],
): number {
  const run = runRow(input, layers, weights);
  const logits = run[run.length - 1].outputs;
  const largest = logits.reduce((a, b) => Math.max(a, b));
  const logSum = largest +
    Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  const target = (j: number) => smoothing / logits.length + (j === label ? 1 - smoothing : 0);
  const loss = logits.reduce((sum, logit, j) => sum + target(j) * (logSum - logit), 0) / rows;
  let delta = logits.map((logit, j) => (Math.exp(logit - logSum) - target(j)) / rows);
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const { units, activation } = layers[layer];
    const slopes = run[layer].sums.map((z) => slope(z, activation));
    const before = layer === 0 ? input : run[layer - 1].outputs;
    const kernel = weights[2 * layer];
    const passed = new Float64Array(before.length);
    for (let j = 0; j < units; j++) {
      const dz = delta[j] * slopes[j];
      gradients[2 * layer + 1][j] += dz;
      for (let i = 0; i < before.length; i++) {
        gradients[2 * layer][i * units + j] += before[i] * dz;
        passed[i] += kernel[i * units + j] * dz;
      }
    }
    delta = passed;
  }
  return loss;
}

function runRow(
  input: Float64Array,
  layers: readonly DenseLayerSpec[],
  weights: readonly ArrayLike<number>[],
): PlainLayer[] {
  let before = input;
  // The input is scaled and rounded to float32.
  let doubt = input.map((value) => 2 * ROUNDOFF * Math.abs(value));
  return layers.map(({ units, activation }, layer) => {
    const [kernel, bias] = [weights[2 * layer], weights[2 * layer + 1]];
    const sums = Float64Array.from(bias);
    const bounds = new Float64Array(units);
    for (let j = 0; j < units; j++) {
      let size = Math.abs(bias[j]);
      for (let i = 0; i < before.length; i++) {
        const weight = kernel[i * units + j];
        sums[j] += before[i] * weight;
        size += Math.abs(before[i] * weight);
        bounds[j] += doubt[i] * Math.abs(weight);
      }
      bounds[j] += (before.length + 4) * ROUNDOFF * size;
    }
    const outputs = sums.map((z) => activate(z, activation));
    if (activation === "silu") {
      // The slope of SiLU is at most 1.1, and exp on a graphics processor is within 3 + 2|x| units
      // in the last place.
      for (let j = 0; j < units; j++) {
        const units = 2 * (3 + 2 * Math.abs(sums[j])) + 6;
        bounds[j] = 1.1 * bounds[j] + units * ROUNDOFF * Math.abs(outputs[j]);
      }
    }
    before = outputs;
    doubt = bounds;
    return { sums, outputs, bounds };
  });
}

function activate(z: number, activation: Activation): number {
  if (activation === "relu") return Math.max(z, 0);
  return activation === "silu" ? z / (1 + Math.exp(-z)) : z;
}

function slope(z: number, activation: Activation): number {
  if (activation === "linear") return 1;
  if (activation === "relu") return z > 0 ? 1 : 0;
  const s = 1 / (1 + Math.exp(-z));
  return s * (1 + z * (1 - s));
}
