import type { ScoreHistogram } from "@mixtape/results";
import type { GmmOodPayload, MixtureScores, RocCounts } from "./result.ts";

/** The histogram of the scores of a mixture, with the edges of its bins. */
export function histogramOf(
  { low, high, inDistribution, outOfDistribution }: MixtureScores,
): ScoreHistogram {
  const bins = inDistribution.counts.length;
  const edges = Array.from(
    { length: bins + 1 },
    (_, at) => at === bins ? high : low + at * (high - low) / bins,
  );
  return { edges, inDistribution, outOfDistribution };
}

/** A ROC curve as shares: out-of-distribution rows accepted along x, in-distribution rows along y. */
export function rocOf(
  { outAccepted, inAccepted }: RocCounts,
  { inDistribution, outOfDistribution }: GmmOodPayload["rows"],
): { readonly x: number; readonly y: number }[] {
  return outAccepted.map((count, at) => ({
    x: count / outOfDistribution,
    y: inAccepted[at] / inDistribution,
  }));
}
