import { mlpClassifier } from "@mixtape/classifier";
import type { DenseLayerSpec } from "@mixtape/tensor-utils";
import type { Measurement } from "../../core/measurement.ts";
import { readArray, readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** The arguments of a training; other peers get the same weights and order of rows as files. */
export interface TrainingArguments {
  /** File of the images. */
  readonly x: string;
  /** File of their classes. */
  readonly labels: string;
  /** File of the test images. */
  readonly test: string;
  /** File of the classes of the test images. */
  readonly testLabels: string;
  /** Number of epochs. */
  readonly epochs: number;
  /** Rows per step. */
  readonly batchSize: number;
  /** Learning rate of Adam. */
  readonly learningRate: number;
  /** Factor for the pixels. */
  readonly inputScale: number;
  /** The hidden layers; those of the reference network unless given. */
  readonly hidden?: readonly DenseLayerSpec[];
}

/** Measures the training of the reference network, with its preparation. */
export async function trainingRun(args: TrainingArguments): Promise<Measurement> {
  const { epochs, batchSize, learningRate, inputScale, hidden } = args;
  const x = readMatrix(args.x);
  const labels = Int32Array.from(readArray(args.labels).values);
  let loss = NaN;
  const { result, seconds } = await timed(() =>
    mlpClassifier(x, labels, {
      classes: 10,
      epochs,
      batchSize,
      learningRate,
      inputScale,
      hidden,
      onEpoch: (stats) => loss = stats.loss,
    })
  );
  using model = result;
  const testLabels = Int32Array.from(readArray(args.testLabels).values);
  return { seconds, loss, accuracy: await model.accuracy(readMatrix(args.test), testLabels) };
}
