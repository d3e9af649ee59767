import {
  type Abortable,
  compactLabels,
  givenSignal,
  type HostMatrix,
  hostMatrix,
  inPieces,
  type Label,
  type MatrixLike,
  pacedOrder,
  pieceSize,
} from "@mixtape/tensor-utils";

/** Judgement of the label of each row. */
export interface SuspectLabels {
  /** Rows whose label is suspect, the most suspect first. */
  readonly rows: Uint32Array;
  /** Probability of the label that each row was given, from 0 to 1: the lower, the more suspect. */
  readonly scores: Float64Array;
  /** For each row, the index of the class that it most likely belongs to. */
  readonly likely: Int32Array;
}

/**
 * Finds labels that look wrong, by confident learning: a row is suspect if it is as likely to
 * belong to another class as the rows labelled so are on average, and more likely than to any
 * other such class. A class with one row is left out, as nothing was learned of it: that row is
 * never suspect, and no other is likely to belong to its class.
 *
 * @example The last row looks like the first class
 * ```ts
 * import assert from "node:assert/strict";
 * import { suspectLabels } from "@mixtape/audit";
 *
 * const probabilities = [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.95, 0.05]];
 * const { rows, likely } = await suspectLabels(probabilities, ["a", "a", "b", "b", "b"]);
 * assert.deepEqual([...rows], [4]);
 * assert.equal(likely[4], 0);
 * ```
 *
 * @param probabilities Probabilities of the classes, shape [n, classes], columns in the ascending
 * order of the distinct labels; each row by a model that has not seen the label of that row, as
 * {@linkcode outOfFoldProbabilities} computes them.
 * @param labels The label of each row: numbers, big integers, strings or booleans.
 * @param options A signal that aborts the work.
 * @returns The suspect rows, and a score for each row.
 * @throws {TypeError} If `labels` is not an array, or mixes kinds of labels, or an option is unknown.
 * @throws {RangeError} If there is not one label per row or one column per class, or a probability
 * is not between 0 and 1.
 * @see Northcutt, Jiang & Chuang (2021), https://doi.org/10.1613/jair.1.12125
 */
export async function suspectLabels(
  probabilities: MatrixLike,
  labels: ArrayLike<Label>,
  options?: Abortable,
): Promise<SuspectLabels> {
  const signal = givenSignal(options, "suspectLabels");
  const { codes, values } = compactLabels(labels);
  const p = await hostMatrix(probabilities, "probabilities", {}, signal);
  checkShape(p, codes.length, values.length);
  await checkProbabilities(p, signal);
  const k = values.length;
  const { scores, counts, thresholds } = await scoresOf(p, codes, signal);
  const likely = new Int32Array(codes.length);
  const suspects = new Uint32Array(codes.length);
  let count = 0;
  await inPieces(codes.length, pieceSize(k), (start, end) => {
    for (let row = start; row < end; row++) {
      likely[row] = mostLikely(p, row, codes[row], thresholds);
      if (likely[row] !== codes[row] && counts[codes[row]] > 1) suspects[count++] = row;
    }
  }, signal);
  const found = new Float64Array(count);
  for (let at = 0; at < count; at++) found[at] = scores[suspects[at]];
  const order = await pacedOrder(found, signal);
  for (let at = 0; at < count; at++) order[at] = suspects[order[at]];
  return { rows: order, scores, likely };
}

/**
 * Returns the probability of each row's label, the number of rows of each class, and the mean
 * probability that they have of it.
 */
async function scoresOf(
  { values, shape: [n, k] }: HostMatrix,
  codes: Int32Array,
  signal?: AbortSignal,
) {
  const scores = new Float64Array(n);
  const counts = new Uint32Array(k);
  const sums = new Float64Array(k);
  await inPieces(n, pieceSize(8), (start, end) => {
    for (let row = start; row < end; row++) {
      const code = codes[row];
      scores[row] = values[row * k + code];
      counts[code]++;
      sums[code] += scores[row];
    }
  }, signal);
  // Nothing was learned of a class with one row: no row is likely to belong to it.
  const thresholds = sums.map((sum, code) => counts[code] > 1 ? sum / counts[code] : Infinity);
  return { scores, counts, thresholds };
}

/**
 * Returns the most probable class among those whose threshold the row reaches, the one it was given
 * if there is none.
 */
function mostLikely(
  { values, shape: [, k] }: HostMatrix,
  row: number,
  given: number,
  thresholds: Float64Array,
): number {
  let best = given;
  let highest = -1;
  for (let code = 0; code < k; code++) {
    const probability = values[row * k + code];
    if (probability < thresholds[code]) continue;
    if (probability < highest || (probability === highest && code !== given)) continue;
    best = code;
    highest = probability;
  }
  return best;
}

function checkShape({ shape: [n, k] }: HostMatrix, rows: number, classes: number): void {
  if (n !== rows) {
    throw new RangeError(
      `Cannot use labels: ${rows} were given for ${n} rows of probabilities, one per row is needed`,
    );
  }
  if (k !== classes) {
    throw new RangeError(
      `Cannot use probabilities: they have ${k} columns, and labels have ${classes} classes, ` +
        `one column per class is needed`,
    );
  }
}

async function checkProbabilities(
  { values, shape: [, k] }: HostMatrix,
  signal?: AbortSignal,
): Promise<void> {
  await inPieces(values.length, pieceSize(), (start, end) => {
    for (let at = start; at < end; at++) {
      if (values[at] >= 0 && values[at] <= 1) continue;
      const [row, column] = [Math.floor(at / k), at % k];
      throw new RangeError(
        `Cannot use probabilities: row ${row} has ${values[at]} in column ${column}, ` +
          `numbers between 0 and 1 are needed`,
      );
    }
  }, signal);
}
