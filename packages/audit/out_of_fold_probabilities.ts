import {
  checkInteger,
  checkOnePerRow,
  compactLabels,
  disposing,
  gatherRows,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  inPieces,
  type Label,
  type MatrixLike,
  type OptionNames,
  pacedPermutation,
  pieceSize,
  random,
  unchanging,
} from "@mixtape/tensor-utils";
import { smoothedClassifier } from "./smoothed_classifier.ts";

/** Options of {@linkcode outOfFoldProbabilities}. */
export interface OutOfFoldOptions {
  /** Number of parts, at least 2 and at most the number of rows; 5 by default. */
  readonly folds?: number;
  /**
   * Largest number of rows to train on per fold, drawn at random, at least 2; 20,000 by default,
   * as more rows cost time and gain little.
   */
  readonly maxRows?: number;
  /** Seed of the folds, the draw and the networks; 0 by default. */
  readonly seed?: number;
  /** Stops the work between two steps; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Probabilities of rows by models that have not seen them. */
export interface OutOfFold<L extends Label = Label> {
  /** Probability of each class, shape [n, classes]; each row adds up to 1. */
  readonly probabilities: HostMatrix;
  /** The distinct labels, ascending: the order of the columns. */
  readonly classes: readonly L[];
  /** The fold of each row, from 0. */
  readonly folds: Int32Array;
}

const names: OptionNames<OutOfFoldOptions> = {
  folds: true,
  maxRows: true,
  seed: true,
  signal: true,
};

/**
 * Computes the probability of each class for each row by a network that was trained without the
 * row. Rows are divided into folds at random, each class evenly; the rows of one fold are judged by
 * a {@linkcode smoothedClassifier} of the others, whose probabilities are less extreme than the
 * shares of correct answers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { outOfFoldProbabilities } from "@mixtape/audit";
 *
 * const x = Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? -2 : 2, i / 40]);
 * const labels = x.map(([side]) => side < 0 ? "left" : "right");
 * const { probabilities, classes } = await outOfFoldProbabilities(x, labels);
 * assert.deepEqual(classes, ["left", "right"]);
 * assert.ok(probabilities.values[0] > 0.7);
 * ```
 *
 * @param x Data, shape [n, d], finite; columns of comparable scale, about 1. Bytes are divided by
 * the largest one.
 * @param labels The label of each row, of at least two classes. Nothing can be learned of a class
 * with one row.
 * @param options Folds, size, seed and signal.
 * @returns The probabilities, the classes, and the folds.
 * @throws {TypeError} If `x` is not a matrix, labels are of several kinds, or an option is unknown.
 * @throws {RangeError} If there is not one label per row, there are fewer than two classes, or an
 * option is out of range.
 */
export async function outOfFoldProbabilities<L extends Label>(
  x: MatrixLike,
  labels: ArrayLike<L>,
  options?: OutOfFoldOptions,
): Promise<OutOfFold<L>> {
  const { seed = 0, maxRows = 20000, signal, folds: count = 5 } = givenOptions(
    options,
    names,
    "outOfFoldProbabilities",
  );
  const { codes, values: classes } = compactLabels(labels);
  const data = await hostMatrix(x, "x", { minRows: 2 }, signal);
  const [n] = data.shape;
  checkOnePerRow(codes, n, "labels");
  if (classes.length < 2) {
    throw new RangeError(
      "Cannot compute probabilities: all labels are equal, at least 2 classes are needed",
    );
  }
  checkInteger(count, "folds", { min: 2, max: n });
  const source = random(checkInteger(seed, "seed"));
  const order = await pacedPermutation(source, n, signal);
  const folds = await stratifiedFolds(codes, count, order, signal);
  const k = classes.length;
  const probabilities = new Float32Array(n * k);
  for (let fold = 0; fold < count; fold++) {
    const { held, others, labels: known } = await rowsOfFold(folds, fold, codes, signal);
    const fitted = await smoothedClassifier(
      unchanging(await gatherRows(data, others, signal)),
      known,
      { classes: k, maxRows, seed: source.split(fold).integer(2 ** 31), signal },
    );
    const heldRows = unchanging(await gatherRows(data, held, signal));
    const judged = await disposing(fitted, (model) => model.probabilities(heldRows, { signal }));
    await inPieces(held.length, pieceSize(k + 8), (start, end) => {
      for (let i = start; i < end; i++) {
        for (let j = 0; j < k; j++) probabilities[held[i] * k + j] = judged.values[i * k + j];
      }
    }, signal);
  }
  return { probabilities: { values: probabilities, shape: [n, k] }, classes, folds };
}

/** Returns the rows of a fold, and those of the others, in order, with the codes of their labels. */
async function rowsOfFold(
  folds: Int32Array,
  fold: number,
  codes: Int32Array,
  signal?: AbortSignal,
) {
  const [held, others, known] = [folds, folds, folds].map(({ length }) => new Int32Array(length));
  let count = 0;
  await inPieces(folds.length, pieceSize(8), (start, end) => {
    for (let row = start; row < end; row++) {
      if (folds[row] === fold) held[row - count] = row;
      else {
        others[count] = row;
        known[count++] = codes[row];
      }
    }
  }, signal);
  return {
    held: held.subarray(0, folds.length - count),
    others: others.subarray(0, count),
    labels: known.subarray(0, count),
  };
}

/** Deals the rows of each class to folds in turn; the next class goes on where the last one ended. */
async function stratifiedFolds(
  codes: Int32Array,
  count: number,
  order: Uint32Array,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const folds = new Int32Array(codes.length);
  const places = new Int32Array(codes.length + 1);
  for (const code of codes) places[code + 1]++;
  for (let code = 0; code < codes.length; code++) places[code + 1] += places[code];
  // Rows of a class stay in random order.
  await inPieces(order.length, pieceSize(8), (start, end) => {
    for (let at = start; at < end; at++) folds[order[at]] = places[codes[order[at]]]++ % count;
  }, signal);
  return folds;
}
