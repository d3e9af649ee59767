import { mlpClassifier } from "@mixtape/classifier";
import type { Measurement } from "../../core/measurement.ts";
import { readArray, readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** What a training needs; peers are given the same weights and order of rows as files. */
export interface TrainingArguments {
  /** The file of the images. */
  readonly x: string;
  /** The file of their classes. */
  readonly labels: string;
  /** The file of the test images. */
  readonly test: string;
  /** The file of their classes. */
  readonly testLabels: string;
  /** How often all rows are gone through. */
  readonly epochs: number;
  /** Rows a step. */
  readonly batchSize: number;
  /** Length of a step of Adam. */
  readonly learningRate: number;
  /** What pixels are multiplied by. */
  readonly inputScale: number;
}

/** Training of the reference network, its preparation included. */
export async function trainingRun(args: TrainingArguments): Promise<Measurement> {
  const { epochs, batchSize, learningRate, inputScale } = args;
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
      onEpoch: (stats) => loss = stats.loss,
    })
  );
  using model = result;
  const testLabels = Int32Array.from(readArray(args.testLabels).values);
  return { seconds, loss, accuracy: await model.accuracy(readMatrix(args.test), testLabels) };
}
