import { calibrationError } from "@mixtape/classifier";
import { type JudgedTable, mostProbable } from "../../run/own/out_of_fold.ts";
import { proportion } from "../../run/statistics.ts";
import type { Calibration, ClassesPayload, ClassSummary, Confusion, Precision } from "../result.ts";

/** Rows with their labels, and probabilities by networks that have not seen them. */
export interface JudgedRows extends JudgedTable {
  /** Class of each row. */
  readonly labels: Int32Array;
  /** Name of each class. */
  readonly classNames: readonly string[];
}

/** Numbers of classes, confusions and bins of a result. */
export interface JudgementLimits {
  /** Most classes to list. */
  readonly listedClasses: number;
  /** Most classes of a confusion matrix. */
  readonly matrixClasses: number;
  /** Most confusions to list. */
  readonly listedConfusions: number;
  /** Number of bins of confidence. */
  readonly bins: number;
}

/** The judgement of rows: the numbers of a result, and the answers for each row. */
export interface Judgement {
  /** The numbers, without those of sets of rows that do not belong. */
  readonly numbers: Omit<ClassesPayload, "sets" | "madeUpSets">;
  /** Predicted class of each row. */
  readonly predicted: Int32Array;
  /** Calibrated probability of the predicted class of each row. */
  readonly confidence: Float64Array;
}

/**
 * Measures how well the classes of rows are predicted: accuracy, recall and precision per class, confusions, and the
 * calibration of their probabilities.
 *
 * @param rows The rows.
 * @param limits Numbers of classes, confusions and bins to give.
 * @returns The numbers, and the prediction for each row.
 */
export async function judgeRows(rows: JudgedRows, limits: JudgementLimits): Promise<Judgement> {
  const { labels, classNames, probabilities } = rows;
  const [n, k] = probabilities.shape;
  const predicted = mostProbable(probabilities);
  const counts = countPairs(labels, predicted, k);
  const right = counts.reduce((sum, row, label) => sum + row[label], 0);
  const sizes = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const largest = sizes.indexOf(Math.max(...sizes));
  return {
    numbers: {
      accuracy: proportion(right, n),
      largest: { name: classNames[largest], share: sizes[largest] / n },
      classes: summarise(counts, sizes, classNames).slice(0, limits.listedClasses),
      confusion: k <= limits.matrixClasses ? counts : null,
      confusions: confusionsOf(counts, classNames).slice(0, limits.listedConfusions),
      calibration: await calibrationOf(rows, sizes, limits.bins),
    },
    predicted,
    confidence: Float64Array.from(predicted, (label, row) => probabilities.values[row * k + label]),
  };
}

function countPairs(labels: Int32Array, predicted: Int32Array, k: number): number[][] {
  const counts = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  labels.forEach((label, row) => counts[label][predicted[row]]++);
  return counts;
}

function summarise(
  counts: readonly (readonly number[])[],
  sizes: readonly number[],
  classNames: readonly string[],
): ClassSummary[] {
  return [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a]).map((label) => {
    const claimed = counts.reduce((sum, row) => sum + row[label], 0);
    return {
      name: classNames[label],
      recall: proportion(counts[label][label], sizes[label]),
      precision: precisionOf(counts[label][label], claimed),
    };
  });
}

function precisionOf(right: number, predicted: number): Precision | null {
  if (predicted === 0) return null;
  const { value, interval } = proportion(right, predicted);
  return { value, predicted, interval };
}

function confusionsOf(
  counts: readonly (readonly number[])[],
  classNames: readonly string[],
): Confusion[] {
  return counts.flatMap((row, given) => row.map((rows, predicted) => ({ given, predicted, rows })))
    .filter(({ given, predicted, rows }) => given !== predicted && rows > 0)
    .sort((a, b) => b.rows - a.rows)
    .map(({ given, predicted, rows }) => ({
      given: classNames[given],
      predicted: classNames[predicted],
      rows,
    }));
}

async function calibrationOf(
  { labels, probabilities, temperature, crossEntropy }: JudgedRows,
  sizes: readonly number[],
  bins: number,
): Promise<Calibration> {
  const error = await calibrationError(probabilities, labels, { bins });
  const n = labels.length;
  const filled = error.bins.filter(({ count }) => count > 0);
  return {
    temperature,
    crossEntropy,
    shareEntropy: -sizes.reduce((sum, size) => sum + size / n * Math.log(size / n), 0),
    expectedError: error.expected,
    confidence: filled.reduce((sum, { count, confidence }) => sum + count * confidence, 0) / n,
    bins: filled.map(({ from, to, count, confidence, accuracy }) => ({
      low: from,
      high: to,
      count,
      confidence: Math.min(1, confidence),
      accuracy,
    })),
  };
}
