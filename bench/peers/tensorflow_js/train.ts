import * as tf from "@tensorflow/tfjs-core";
import type { Measurement } from "../../core/measurement.ts";
import type { TrainingArguments } from "../mixtape/classifier.ts";
import { readArray, readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** The arguments of a training, with the files of Mixtape's initial weights and orders of rows. */
export interface GivenTraining extends TrainingArguments {
  /** The layers, that of the logits last. */
  readonly layers: readonly { readonly units: number; readonly activation: string }[];
  /** Files of kernels and biases, layer by layer. */
  readonly weights: readonly string[];
  /** File of the order of rows in each epoch. */
  readonly orders: string;
}

interface Layer {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly activation: string;
}

/** Measures training as one would write it on TensorFlow.js, by automatic differentiation and its optimizer. */
export async function train(args: GivenTraining): Promise<Measurement> {
  const { epochs, batchSize, learningRate, inputScale } = args;
  const pixels = readMatrix(args.x);
  const x = tf.tensor2d(Float32Array.from(pixels.values, (v) => v * inputScale), [...pixels.shape]);
  const classes = tf.cast(tf.oneHot(Int32Array.from(readArray(args.labels).values), 10), "float32");
  const layers = readLayers(args, pixels.shape[1]);
  const variables = layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const n = pixels.shape[0];
  let loss = 0;
  const { seconds } = await timed(async () => {
    const orders = readArray(args.orders).values;
    for (let epoch = 0; epoch < epochs; epoch++) {
      loss = 0;
      const order = Int32Array.from(orders.subarray(epoch * n, (epoch + 1) * n));
      for (let from = 0; from < n; from += batchSize) {
        const rows = tf.tensor1d(order.subarray(from, from + batchSize), "int32");
        const cost = optimizer.minimize(
          () => crossEntropy(layers, tf.gather(x, rows), tf.gather(classes, rows)),
          true,
          variables,
        )!;
        loss += (await cost.data())[0] * rows.size / n;
        tf.dispose([rows, cost]);
      }
    }
  });
  tf.dispose([x, classes, ...variables]);
  optimizer.dispose();
  return { seconds, loss };
}

function crossEntropy(layers: readonly Layer[], x: tf.Tensor2D, classes: tf.Tensor): tf.Scalar {
  let values = x;
  for (const { kernel, bias, activation } of layers) {
    const sums = tf.add(tf.matMul(values, kernel), bias) as tf.Tensor2D;
    if (activation === "relu") values = tf.relu(sums);
    else if (activation === "silu") values = tf.mul(sums, tf.sigmoid(sums));
    else values = sums;
  }
  return tf.losses.softmaxCrossEntropy(classes, values) as tf.Scalar;
}

function readLayers({ layers, weights }: GivenTraining, inputs: number): Layer[] {
  let width = inputs;
  return layers.map(({ units, activation }, i) => {
    const [kernel, bias] = [weights[2 * i], weights[2 * i + 1]].map((path) =>
      readArray(path).values as Float32Array
    );
    const layer = {
      kernel: tf.variable(tf.tensor2d(kernel, [width, units])),
      bias: tf.variable(tf.tensor1d(bias)),
      activation,
    };
    width = units;
    return layer;
  });
}
