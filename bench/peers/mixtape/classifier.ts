import { mlpClassifier, MlpModel } from "@mixtape/classifier";
import type { DenseLayerSpec } from "@mixtape/tensor-utils";
import { mlpSettings } from "../../../packages/classifier/mlp_settings.ts";
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

/** The arguments of a prediction. */
export interface PredictionArguments {
  /** File of the rows. */
  readonly x: string;
  /** Files of the weights, as they are initially. */
  readonly weights: readonly string[];
  /** All layers. */
  readonly layers: readonly DenseLayerSpec[];
}

/** Measures the prediction of the class of every row. */
export async function predictionRun(
  { x, weights, layers }: PredictionArguments,
): Promise<Measurement> {
  const data = readMatrix(x);
  const classes = layers[layers.length - 1].units;
  const settings = await mlpSettings(data, classes, { hidden: layers.slice(0, -1) });
  using model = new MlpModel(
    settings,
    weights.map((path) => readArray(path).values as Float32Array),
  );
  const { result, seconds } = await timed(() => model.predict(data));
  const sum = Array.from(result).reduce((sum, label) => sum + label, 0);
  return { seconds, details: { value: sum } };
}
