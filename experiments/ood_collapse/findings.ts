import { type Answer, type Format, maximumBy } from "@mixtape/report-site/components";
import { compareIntervals } from "../compare.ts";
import type { CollapseOutcome, OodCollapseResult } from "./result.ts";
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
    ...scatter(low, high, t, format),
    ...normalised(high, t, format),
    ...correlations.map(({ measure, spearman }) =>
      t.findingCorrelation(
        t.measures[measure],
        format.decimal(spearman),
        format.count(mixtures.length - collapsed),
        format.count(byWeightDecay.length),
      )
    ),
    ...(collapsed > 0
      ? [t.findingCollapsed(format.count(collapsed), format.count(mixtures.length))]
      : []),
  ];
}

/** The scatter within classes over that between them, which falls where classes collapse. */
function scatter(
  low: CollapseOutcome,
  high: CollapseOutcome,
  t: Words,
  format: Format,
): string[] {
  if (low === high) return [];
  const [before, after] = [low, high].map((one) => format.significant(one.withinOverBetween));
  const sentence = before === after
    ? t.findingScatter
    : high.withinOverBetween > low.withinOverBetween
    ? t.findingScatterRises
    : t.findingScatterFalls;
  return [
    sentence(format.weight(low.weightDecay), before, format.weight(high.weightDecay), after),
  ];
}

function normalised(outcome: CollapseOutcome, t: Words, format: Format): string[] {
  const [raw, scaled] = (["none", "l2"] as const).map((normalization) =>
    outcome.mixtures.flatMap((mixture) =>
      mixture.normalization === normalization ? mixture.separation ?? [] : []
    )
  );
  if (raw.length === 0 || scaled.length === 0) return [];
  const [best, bestScaled] = [raw, scaled].map((all) => maximumBy(all, ({ auroc }) => auroc));
  const sentence = {
    more: t.findingScalingHelps,
    less: t.findingScalingHurts,
    open: t.findingScalingOpen,
  }[compareIntervals(bestScaled.aurocInterval, best.aurocInterval)];
  return [
    sentence(
      format.weight(outcome.weightDecay),
      format.decimal(best.auroc, 3),
      format.decimal(bestScaled.auroc, 3),
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
