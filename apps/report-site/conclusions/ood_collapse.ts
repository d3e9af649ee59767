import type { ResultOf } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";

type CollapseResult = ResultOf<"ood-collapse">;

/** The activations of one network. */
export type CollapseOutcome = CollapseResult["payload"]["byWeightDecay"][number];

/** How activations were scaled. */
export type Normalization = CollapseOutcome["mixtures"][number]["normalization"];

/** What the experiment `ood-collapse` found, a sentence each. */
export function findOodCollapse(result: CollapseResult, text: Catalogue, format: Format): string[] {
  const t = text.collapse;
  const { byWeightDecay, units, correlations } = result.payload;
  const low = byWeightDecay[0];
  const high = byWeightDecay[byWeightDecay.length - 1];
  const mixtures = byWeightDecay.flatMap((outcome) => outcome.mixtures);
  const collapsed = mixtures.filter((mixture) => mixture.separation === null).length;
  return [
    t.foundRank(
      format.weight(low.weightDecay),
      format.decimal(low.effectiveRank, 1),
      format.weight(high.weightDecay),
      format.decimal(high.effectiveRank, 1),
      format.count(units),
    ),
    ...normalised(high, text, format),
    ...correlations.map(({ measure, spearman }) =>
      t.foundCorrelation(t.measures[measure], format.decimal(spearman))
    ),
    ...(collapsed > 0
      ? [t.foundCollapsed(format.count(collapsed), format.count(mixtures.length))]
      : []),
  ];
}

function normalised(outcome: CollapseOutcome, text: Catalogue, format: Format): string[] {
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
    text.collapse.foundNormalised(
      format.weight(outcome.weightDecay),
      format.decimal(raw, 3),
      format.decimal(scaled, 3),
      scaled > raw,
    ),
  ];
}
