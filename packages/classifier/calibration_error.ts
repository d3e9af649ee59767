import {
  checkInteger,
  givenOptions,
  highestClass,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  numberArray,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { classLabels } from "./class_labels.ts";
import { confidenceBin } from "./confidence_bin.ts";
import { eachRow } from "./softmax.ts";

/** Options of {@link calibrationError}. */
export interface CalibrationErrorOptions {
  /** Number of bins of equal width, from 1 to 1000; 15 by default, as in the paper. */
  readonly bins?: number;
  /** Ends the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** Gap between the confidence of a classifier and its accuracy. */
export interface CalibrationError {
  /**
   * Expected calibration error, from 0 to 1: the mean over bins of |confidence − accuracy|,
   * weighted by their share of rows.
   */
  readonly expected: number;
  /** Largest |confidence − accuracy| of a bin that has rows, from 0 to 1. */
  readonly maximum: number;
  /** The bins, from low to high confidence. */
  readonly bins: readonly CalibrationBin[];
}

/** Rows whose highest probability lies in (from, to]. */
export interface CalibrationBin {
  /** Lower end, outside the bin (except 0, which belongs to the first bin). */
  readonly from: number;
  /** Upper end, inside the bin. */
  readonly to: number;
  /** Number of rows in the bin. */
  readonly count: number;
  /** Mean of the rows' highest probability; 0 for an empty bin. */
  readonly confidence: number;
  /** Share of the rows that are classified correctly; 0 for an empty bin. */
  readonly accuracy: number;
}

/**
 * Largest deviation from 1 of the sum of a row of probabilities; float32 rounding is far smaller.
 */
const sumTolerance = 1e-3;

/**
 * Measures calibration: bins rows by their highest probability and compares the mean confidence of
 * each bin with its accuracy.
 *
 * @example Sure and right half of the time
 * ```ts
 * import assert from "node:assert/strict";
 * import { calibrationError } from "@mixtape/classifier";
 *
 * const probabilities = { values: new Float64Array([1, 0, 1, 0]), shape: [2, 2] } as const;
 * assert.equal((await calibrationError(probabilities, [0, 1])).expected, 0.5);
 * ```
 *
 * @param probabilities Shape [n, classes]; each row adds up to 1.
 * @param labels The class of each row, as the number of its column, from 0.
 * @param options Number of bins.
 * @returns The expected calibration error (ECE), the maximum one, and the bins.
 * @throws {RangeError} If a row is not a probability distribution, or a label is not the number of
 * a column.
 * @see Guo, Pleiss, Sun & Weinberger (2017), https://arxiv.org/abs/1706.04599
 */
export async function calibrationError(
  probabilities: MatrixLike,
  labels: ArrayLike<number>,
  options?: CalibrationErrorOptions,
): Promise<CalibrationError> {
  const names = { bins: true, signal: true } as const;
  const { bins = 15, signal } = givenOptions(options, names, "calibrationError");
  throwIfAborted(signal);
  checkInteger(bins, "bins", { min: 1, max: 1000 });
  const copied = numberArray(labels, "labels");
  const p = await hostMatrix(probabilities, "probabilities", {}, signal);
  await checkDistributions(p, signal);
  const classes = classLabels(copied, p.shape[0], p.shape[1]);
  const filled = await fillBins(p, classes, bins, signal);
  const gaps = filled.map(({ confidence, accuracy }) => Math.abs(confidence - accuracy));
  return {
    expected: filled.reduce((sum, { count }, i) => sum + count * gaps[i], 0) / p.shape[0],
    maximum: Math.max(...gaps),
    bins: filled,
  };
}

async function fillBins(
  p: HostMatrix,
  labels: Int32Array,
  bins: number,
  signal?: AbortSignal,
): Promise<CalibrationBin[]> {
  const counts = new Float64Array(bins);
  const confidences = new Float64Array(bins);
  const hits = new Float64Array(bins);
  const [, classes] = p.shape;
  const highest = await highestClass(p, signal);
  await eachRow(p, (i) => {
    const predicted = highest[i];
    const confidence = p.values[i * classes + predicted];
    const bin = confidenceBin(confidence, bins);
    counts[bin]++;
    confidences[bin] += confidence;
    hits[bin] += predicted === labels[i] ? 1 : 0;
  }, signal);
  return Array.from(counts, (count, i) => ({
    from: i / bins,
    to: (i + 1) / bins,
    count,
    confidence: count === 0 ? 0 : confidences[i] / count,
    accuracy: count === 0 ? 0 : hits[i] / count,
  }));
}

async function checkDistributions(p: HostMatrix, signal?: AbortSignal): Promise<void> {
  const { values, shape: [, classes] } = p;
  await eachRow(p, (i) => {
    let [sum, least] = [0, 0];
    for (let j = i * classes; j < (i + 1) * classes; j++) {
      sum += values[j];
      least = Math.min(least, values[j]);
    }
    if (Math.abs(sum - 1) <= sumTolerance && least >= 0) return;
    throw new RangeError(
      `Cannot measure calibration: row ${i} of probabilities adds up to ${sum}, ` +
        `numbers of at least 0 that add up to 1 are needed (softmax makes them from logits)`,
    );
  }, signal);
}
