import {
  type Abortable,
  givenSignal,
  hostMatrix,
  inPieces,
  type MatrixLike,
  pieceSize,
} from "@mixtape/tensor-utils";

/** Numbers that are read in the time of an exponential. */
const EXPONENTIAL = 8;

/**
 * Returns the logarithm of the largest softmax probability of each row, high = in-distribution.
 *
 * The probability itself rounds to 1 for every confident row, and such ties cost AUROC. Its
 * logarithm is −log1p(Σ exp(zⱼ − z_max)) over the other classes, which keeps confident rows apart.
 *
 * @example
 * ```ts
 * import { maximumSoftmaxProbability } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const logits = { values: Float32Array.of(50, 0, 60, 0), shape: [2, 2] as const };
 * const [less, more] = await maximumSoftmaxProbability(logits);
 * assert.equal(Math.exp(less), 1);
 * assert.ok(more > less);
 * ```
 *
 * @param logits Logits of a classifier, shape [n, classes], finite.
 * @param options A signal that aborts the work.
 * @returns One number ≤ 0 per row.
 * @throws {TypeError} If `logits` is not a matrix, or an option is unknown.
 * @throws {RangeError} If a logit is not finite.
 * @see Hendrycks & Gimpel (2017), https://arxiv.org/abs/1610.02136
 */
export async function maximumSoftmaxProbability(
  logits: MatrixLike,
  options?: Abortable,
): Promise<Float64Array> {
  const signal = givenSignal(options, "maximumSoftmaxProbability");
  const { values, shape: [n, classes] } = await hostMatrix(logits, "logits", {}, signal);
  const scores = new Float64Array(n);
  await inPieces(n, pieceSize(EXPONENTIAL * classes), (start, end) => {
    for (let i = start; i < end; i++) {
      scores[i] = maximumLogSoftmax(values, i * classes, (i + 1) * classes);
    }
  }, signal);
  return scores;
}

/** Returns the maximum of log softmax over `values[start, end)`. */
export function maximumLogSoftmax(values: ArrayLike<number>, start: number, end: number): number {
  let top = start;
  for (let j = start + 1; j < end; j++) if (values[j] > values[top]) top = j;
  let others = 0;
  for (let j = start; j < end; j++) {
    if (j !== top) others += Math.exp(values[j] - values[top]);
  }
  return -Math.log1p(others);
}
