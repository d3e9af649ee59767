import { mlpClassifier, type MlpModel } from "@mixtape/classifier";
import {
  checkInteger,
  checkOnePerRow,
  gatherRows,
  givenOptions,
  hostMatrix,
  type MatrixLike,
  numberArray,
  type OptionNames,
  random,
  unchanging,
} from "@mixtape/tensor-utils";
import { suitableTraining } from "./suitable_training.ts";

/** Options of {@linkcode smoothedClassifier}. */
export interface SmoothedOptions {
  /** Number of classes, at least 2; by default one more than the highest label. */
  readonly classes?: number;
  /**
   * Largest number of rows to train on, drawn at random, at least 2; 20,000 by default, as more rows
   * cost time and gain little.
   */
  readonly maxRows?: number;
  /** Seed of the draw and of the network; 0 by default. */
  readonly seed?: number;
  /** Stops the work between two steps; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<SmoothedOptions> = {
  classes: true,
  maxRows: true,
  seed: true,
  signal: true,
};

/**
 * Trains the network that {@linkcode outOfFoldProbabilities} judges rows by, of a size and a length
 * of training that suit the data. Labels are smoothed by 0.2, so that it does not learn wrong ones
 * by heart: its probabilities are less extreme than the shares of its correct answers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { smoothedClassifier } from "@mixtape/audit";
 *
 * const x = Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? -2 : 2, i / 40]);
 * using model = await smoothedClassifier(x, x.map((_, i) => i % 2));
 * assert.deepEqual([...await model.predict([[-2, 0.5], [2, 0.5]])], [0, 1]);
 * ```
 *
 * @param x Data, shape [n, d], finite; columns of comparable scale, about 1. Bytes are divided by
 * the largest one.
 * @param labels The class of each row, from 0.
 * @param options Number of classes, size, seed and signal.
 * @returns The network.
 * @throws {TypeError} If `x` is not a matrix, a label is not a number, or an option is unknown.
 * @throws {RangeError} If there is not one label per row, or an option or a label is out of range.
 */
export async function smoothedClassifier(
  x: MatrixLike,
  labels: ArrayLike<number>,
  options?: SmoothedOptions,
): Promise<MlpModel> {
  const { classes, maxRows = 20000, seed = 0, signal } = givenOptions(
    options,
    names,
    "smoothedClassifier",
  );
  const given = numberArray(labels, "labels");
  const data = await hostMatrix(x, "x", { minRows: 2 }, signal);
  const [n, d] = data.shape;
  checkOnePerRow(given, n, "labels");
  checkInteger(maxRows, "maxRows", { min: 2 });
  const source = random(checkInteger(seed, "seed"));
  const rows = source.sample(n, Math.min(n, maxRows));
  const drawn = unchanging(await gatherRows(data, rows, signal));
  return await mlpClassifier(drawn, Float64Array.from(rows, (row) => given[row]), {
    ...suitableTraining(rows.length, d),
    classes,
    seed: source.integer(2 ** 31),
    signal,
  });
}
