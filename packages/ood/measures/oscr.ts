import { describeValue, isNumeric } from "@mixtape/tensor-utils/host";
import { auroc } from "./auroc.ts";
import { checkedScores, type Scores } from "./scores.ts";

/**
 * Returns the area under the open-set classification rate curve: the share of in-distribution rows
 * that are accepted and classified correctly against the share of OOD rows accepted, over all
 * thresholds. It equals the probability that an in-distribution row is classified correctly and
 * scores above an OOD row, ties counting half. O(n log n).
 *
 * @example
 * ```ts
 * import { oscr } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(oscr([3, 2, 1, 4], [0, 0], [true, true, true, false]), 0.75);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @param correct For each in-distribution row, true (or not 0) if the classifier was right about it.
 * @returns A number between 0 and the accuracy.
 * @throws {RangeError} If one set of scores is empty, a score is not finite, or `correct` has
 * another length.
 * @see Dhamija, Günther & Boult (2018), https://arxiv.org/abs/1811.04110
 */
export function oscr(
  idScores: Scores,
  oodScores: Scores,
  correct: ArrayLike<boolean | number>,
): number {
  if (!isNumeric(correct)) {
    throw new TypeError(
      `Cannot use correct: ${
        describeValue(correct)
      } was given, an array with one entry per row is needed`,
    );
  }
  const id = checkedScores(idScores, "in-distribution scores");
  const ood = checkedScores(oodScores, "OOD scores");
  if (correct.length !== id.length) {
    throw new RangeError(
      `Cannot compute an OSCR: correct has ${correct.length} entries for ${id.length} ` +
        `in-distribution rows, one per row is needed`,
    );
  }
  const right = id.filter((_, i) => Boolean(correct[i]));
  return right.length === 0 ? 0 : right.length / id.length * auroc(right, ood);
}
