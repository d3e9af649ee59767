import { ascendingOrder } from "@mixtape/tensor-utils";
import { checkedScores, type Scores, sortedScores } from "../measures/scores.ts";

/**
 * Returns split-conformal p-values: for each row, the share of rows, among the held-out rows and
 * the row itself, whose score is at most its own. For an in-distribution row, P(p ≤ α) ≤ α for
 * every α, whatever the detector. O(n + m).
 *
 * @example
 * ```ts
 * import { conformalPValues } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...conformalPValues([1, 2, 3], [0, 2, 9])], [0.25, 0.75, 1]);
 * ```
 *
 * @param heldOutScores Scores of in-distribution rows used for nothing else, high = in-distribution.
 * @param scores Scores of the rows to judge.
 * @returns One p-value per row, in (0, 1]; low = out-of-distribution.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 * @see Bates et al. (2023), https://arxiv.org/abs/2104.08279
 */
export function conformalPValues(heldOutScores: Scores, scores: Scores): Float64Array {
  const heldOut = sortedScores(heldOutScores, "held-out scores");
  const sorted = checkedScores(scores, "scores");
  const pValues = new Float64Array(sorted.length);
  let atMost = 0;
  ascendingOrder(sorted).forEach((row, rank) => {
    while (atMost < heldOut.length && heldOut[atMost] <= sorted[rank]) atMost++;
    pValues[row] = (1 + atMost) / (heldOut.length + 1);
  });
  return pValues;
}
