import { ascendingOrder } from "@mixtape/tensor-utils";
import { checkedScores, type Scores } from "../measures/scores.ts";

/** Contribution of each row to an AUROC (DeLong's structural components). */
export interface Placements {
  /** The AUROC. */
  readonly auroc: number;
  /** For each in-distribution row, the share of OOD rows below it, ties counting half. */
  readonly ofId: Float64Array;
  /** For each OOD row, the share of in-distribution rows above it, ties counting half. */
  readonly ofOod: Float64Array;
}

/**
 * Computes placement values, O(n): walks the scores of both classes in their common order, and counts
 * the rows of each class passed so far.
 *
 * @see DeLong, DeLong & Clarke-Pearson (1988), https://doi.org/10.2307/2531595
 */
export function placements(idScores: Scores, oodScores: Scores): Placements {
  const id = checkedScores(idScores, "in-distribution scores");
  const ood = checkedScores(oodScores, "OOD scores");
  const sorted = new Float64Array(id.length + ood.length);
  sorted.set(id);
  sorted.set(ood, id.length);
  const order = ascendingOrder(sorted);
  const ofId = new Float64Array(id.length);
  const ofOod = new Float64Array(ood.length);
  let idBelow = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    let idEqual = 0;
    for (; end < sorted.length && sorted[end] === sorted[start]; end++) {
      if (order[end] < id.length) idEqual++;
    }
    const oodBelow = start - idBelow;
    const oodEqual = end - start - idEqual;
    for (let at = start; at < end; at++) {
      const row = order[at];
      if (row < id.length) ofId[row] = (oodBelow + oodEqual / 2) / ood.length;
      else ofOod[row - id.length] = 1 - (idBelow + idEqual / 2) / id.length;
    }
    idBelow += idEqual;
    start = end;
  }
  return { auroc: mean(ofId), ofId, ofOod };
}

/**
 * Returns the covariance of two arrays with the divisor n − 1; 0 for a single row, which carries no
 * information about spread.
 */
export function sampleCovariance(a: Float64Array, b: Float64Array): number {
  if (a.length < 2) return 0;
  const meanA = mean(a);
  const meanB = mean(b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / (a.length - 1);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
