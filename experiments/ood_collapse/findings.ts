import type { Answer, Format } from "@mixtape/report-site/components";
import type { CollapseOutcome, Normalization, OodCollapseResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Returns the findings of the experiment `ood-collapse`, one sentence each. */
export function findOodCollapse(result: OodCollapseResult, t: Words, format: Format): string[] {
  const { byWeightDecay, units, correlations } = result.payload;
  const low = byWeightDecay[0];
  const high = byWeightDecay[byWeightDecay.length - 1];
  const mixtures = byWeightDecay.flatMap((outcome) => outcome.mixtures);
  const collapsed = mixtures.filter((mixture) => mixture.separation === null).length;
  return [
    t.findingRank(
      format.weight(low.weightDecay),
      format.decimal(low.effectiveRank, 1),
      format.weight(high.weightDecay),
      format.decimal(high.effectiveRank, 1),
      format.count(units),
    ),
    ...normalised(high, t, format),
    ...correlations.map(({ measure, spearman }) =>
      t.findingCorrelation(t.measures[measure], format.decimal(spearman))
    ),
    ...(collapsed > 0
      ? [t.findingCollapsed(format.count(collapsed), format.count(mixtures.length))]
      : []),
  ];
}

function normalised(outcome: CollapseOutcome, t: Words, format: Format): string[] {
  const best = (normalization: Normalization) =>
    Math.max(
      ...outcome.mixtures
        .filter((mixture) => mixture.normalization === normalization)
        .map((mixture) => mixture.separation?.auroc ?? -1),
    );
  const raw = best("none");
  const scaled = best("l2");
  if (raw < 0 || scaled < 0) return [];
  return [
    t.findingNormalised(
      format.weight(outcome.weightDecay),
      format.decimal(raw, 3),
      format.decimal(scaled, 3),
      scaled > raw,
    ),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  { payload: { byWeightDecay, units } }: OodCollapseResult,
  t: Words,
  format: Format,
): Answer {
  const low = byWeightDecay[0];
  const high = byWeightDecay[byWeightDecay.length - 1];
  return {
    number: format.decimal(high.effectiveRank, 1),
    sentence: t.headline(
      format.count(units),
      format.weight(high.weightDecay),
      format.decimal(low.effectiveRank, 1),
    ),
    uncertainty: t.oneNetwork,
  };
}
