import { mlpClassifier } from "@mixtape/classifier";
import { kMeans } from "@mixtape/clustering";
import {
  type DenseLayerSpec,
  type HostMatrix,
  random,
  symmetricEigen,
} from "@mixtape/tensor-utils";
import { initialWeights } from "../../../packages/classifier/initial_weights.ts";
import * as tf from "@tensorflow/tfjs-core";
import type { Measurement } from "../../core/measurement.ts";
import { encodeNpy, type NpyArray } from "../../core/npy.ts";
import { readArray, readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";
import type { TrainingArguments } from "./classifier.ts";

/** Writes the first principal components of the data in the file `x` to the file `out`: dense and not integers. */
export async function prepareComponents(
  { x, out, components }: { x: string; out: string; components: number },
): Promise<Measurement> {
  const { seconds } = await timed(() => {
    const { values, shape } = readMatrix(x);
    const projected = tf.tidy(() => {
      const data = tf.tensor2d(Float32Array.from(values), [shape[0], shape[1]]);
      const centred = tf.sub(data, tf.mean(data, 0));
      const scatter = Float64Array.from(tf.matMul(centred, centred, true).dataSync());
      const { vectors } = symmetricEigen(scatter, shape[1], { vectors: components });
      const axes = Float32Array.from(vectors);
      return tf.matMul(centred, tf.tensor2d(axes, [components, shape[1]]), false, true).dataSync();
    });
    write(out, { values: projected as Float32Array, shape: [shape[0], components] });
  });
  return { seconds };
}

/** The arguments of {@link prepareActivations}. */
export interface ActivationArguments extends TrainingArguments {
  /** File of the out-of-distribution images. */
  readonly outside: string;
  /** Number of rows of `x` that the classifier is not trained on. */
  readonly heldOut: number;
  /** Number of components of the start. */
  readonly components: number;
  /** The files to write. */
  readonly out: Readonly<
    Record<"all" | "labels" | "fitted" | "heldOut" | "inside" | "outside", string>
  >;
}

/** Trains the reference network and writes penultimate activations, as the experiment does. */
export async function prepareActivations(args: ActivationArguments): Promise<Measurement> {
  const { epochs, batchSize, learningRate, inputScale, heldOut, components, out } = args;
  const { seconds } = await timed(async () => {
    const x = readMatrix(args.x);
    const rows = x.shape[0] - heldOut;
    const fitted = part(x, 0, rows);
    const labels = Int32Array.from(readArray(args.labels).values).subarray(0, rows);
    const options = { classes: 10, epochs, batchSize, learningRate, inputScale };
    using model = await mlpClassifier(fitted, labels, options);
    const save = async (path: string, of: HostMatrix): Promise<HostMatrix> => {
      const { values, shape } = await model.activations(of, "penultimate");
      const activations = { values: Float32Array.from(values), shape };
      write(path, activations);
      return activations;
    };
    const all = await save(out.all, x);
    await save(out.fitted, fitted);
    await save(out.heldOut, part(x, rows, x.shape[0]));
    await save(out.inside, readMatrix(args.test));
    await save(out.outside, readMatrix(args.outside));
    using clusters = await kMeans(all, { clusters: components });
    write(out.labels, { values: clusters.labels, shape: [x.shape[0]] });
  });
  return { seconds };
}

/** Writes the initial weights and the orders of rows of Mixtape's training, for the other peers. */
export async function prepareTraining(
  { rows, inputs, epochs, seed, layers, weights, orders }: {
    rows: number;
    inputs: number;
    epochs: number;
    seed: number;
    layers: readonly DenseLayerSpec[];
    weights: readonly string[];
    orders: string;
  },
): Promise<Measurement> {
  (await initialWeights(inputs, layers, seed)).forEach((values, i) => {
    write(weights[i], { values, shape: [values.length] });
  });
  const order = new Uint32Array(epochs * rows);
  for (let epoch = 0; epoch < epochs; epoch++) {
    order.set(random(seed).split(1).split(epoch).permutation(rows), epoch * rows);
  }
  write(orders, { values: order, shape: [epochs, rows] });
  return { seconds: 0 };
}

function part({ values, shape: [, d] }: HostMatrix, from: number, to: number): HostMatrix {
  return { values: values.subarray(from * d, to * d), shape: [to - from, d] };
}

function write(path: string, array: NpyArray): void {
  Deno.writeFileSync(path, encodeNpy(array));
}
