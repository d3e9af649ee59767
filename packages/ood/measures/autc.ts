import { checkedScores, type Scores } from "./scores.ts";

/**
 * Returns the area under the threshold curves: the average error of a threshold chosen uniformly
 * between the lowest and the highest score. It is the mean of two areas, of OOD rows accepted and
 * of in-distribution rows rejected, over thresholds on scores scaled to [0, 1]; unlike AUROC, it
 * improves if scores leave a wide gap. Low is good, 0.5 is chance.
 *
 * The areas under those step functions are means of the scaled scores, so nothing is sorted: O(n).
 *
 * @example
 * ```ts
 * import { autc } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(autc([1, 1], [0, 0]), 0);
 * assert.equal(autc([1, 0.5], [0, 0]), 0.125);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @returns A number in [0, 1]; 0.5 if all scores are equal.
 * @throws {RangeError} If either set is empty or has a score that is not finite.
 * @see Humblot-Renaux et al. (2023), https://arxiv.org/abs/2306.14658
 */
export function autc(idScores: Scores, oodScores: Scores): number {
  const id = checkedScores(idScores, "in-distribution scores");
  const ood = checkedScores(oodScores, "OOD scores");
  let low = Infinity;
  let high = -Infinity;
  for (const scores of [id, ood]) {
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] < low) low = scores[i];
      if (scores[i] > high) high = scores[i];
    }
  }
  if (low === high) return 0.5;
  // Halved, the difference of the two largest float64 numbers does not overflow.
  const unit = high - low === Infinity ? 0.5 : 1;
  const range = unit * high - unit * low;
  const scaledMean = (scores: Float64Array) =>
    scores.reduce((sum, score) => sum + (unit * score - unit * low) / range, 0) / scores.length;
  return (1 - scaledMean(id) + scaledMean(ood)) / 2;
}
