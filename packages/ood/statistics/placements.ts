import { checkedScores, type Scores } from "../measures/scores.ts";
import { midranks } from "./midranks.ts";

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
 * Computes placement values by midranks, O(n log n): the number of rows of the other class below a
 * row is its midrank among all rows minus its midrank in its own class.
 *
 * @see Sun & Xu (2014), https://doi.org/10.1109/LSP.2014.2337313
 */
export function placements(idScores: Scores, oodScores: Scores): Placements {
  const id = checkedScores(idScores, "in-distribution scores");
  const ood = checkedScores(oodScores, "OOD scores");
  const together = new Float64Array(id.length + ood.length);
  together.set(id);
  together.set(ood, id.length);
  const rank = midranks(together);
  const rankId = midranks(id);
  const rankOod = midranks(ood);
  const ofId = rankId.map((own, i) => (rank[i] - own) / ood.length);
  const ofOod = rankOod.map((own, i) => 1 - (rank[id.length + i] - own) / id.length);
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
