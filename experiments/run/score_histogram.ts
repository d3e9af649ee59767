import { quantile } from "@mixtape/ood";
import type { HistogramCounts, ScoreHistogram } from "@mixtape/results";

/**
 * Counts two sets of scores in the same bins. The bins span what lies between the tails, the outermost
 * hundredth of either set at each end; what lies beyond is counted as below or above.
 *
 * @param inside Scores of in-distribution rows.
 * @param outside Scores of out-of-distribution rows.
 * @param bins Number of bins.
 * @returns Edges and counts.
 */
export function scoreHistogram(
  inside: Float64Array,
  outside: Float64Array,
  bins = 60,
): ScoreHistogram {
  const [a, b] = [inside.slice(), outside.slice()];
  const low = Math.min(quantile(a, 0.01), quantile(b, 0.01));
  const high = Math.max(quantile(a, 0.99), quantile(b, 0.99));
  const width = (high - low || 1) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + i * width);
  return {
    edges,
    inDistribution: countScores(inside, edges),
    outOfDistribution: countScores(outside, edges),
  };
}

function countScores(scores: Float64Array, edges: readonly number[]): HistogramCounts {
  const bins = edges.length - 1;
  const counts = new Array<number>(bins).fill(0);
  let below = 0, above = 0;
  const width = (edges[bins] - edges[0]) / bins;
  for (const score of scores) {
    const bin = Math.floor((score - edges[0]) / width);
    if (bin < 0) below++;
    else if (bin >= bins) above++;
    else counts[bin]++;
  }
  return { below, counts, above };
}
