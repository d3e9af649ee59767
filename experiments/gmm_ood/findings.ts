import {
  type Answer,
  type Catalogue,
  type Format,
  maximumBy,
  rangeText,
} from "@mixtape/report-site/components";
import { countText } from "../count_text.ts";
import type { DecayOutcome, GmmOodResult, MixtureRow } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The mixture of so many components. */
export function mixtureOf(outcome: DecayOutcome, components: number): MixtureRow {
  const found = outcome.byComponents.find((row) => row.components === components);
  return found ?? outcome.byComponents[0];
}

/** The mixture that BIC chose. */
export function chosenMixture(outcome: DecayOutcome): MixtureRow {
  return mixtureOf(outcome, outcome.chosen.byBic);
}

/** The most accurate network: a choice that needs no out-of-distribution data. */
export function mostAccurate(result: GmmOodResult): DecayOutcome {
  return maximumBy(
    result.payload.byWeightDecay,
    (outcome) => outcome.testAccuracy.value,
  );
}

/** Returns the findings of the experiment `gmm-ood`, one sentence each. */
export function findGmmOod(result: GmmOodResult, t: Words, format: Format): string[] {
  const best = mostAccurate(result);
  const { separation, components } = chosenMixture(best);
  const { softmax } = best;
  const gap = Math.max(...result.payload.byWeightDecay.map(oracleGap));
  return [
    t.findingBest(
      format.decimal(separation.auroc, 3),
      format.percent(separation.fprAtIdTpr95),
      countText(components, t.componentsText, format),
      format.weight(best.weightDecay),
    ),
    ...acrossDecays(result, t, format),
    t.findingSoftmax(
      format.decimal(softmax.auroc, 3),
      format.decimal(separation.auroc, 3),
      separation.auroc > softmax.auroc,
    ),
    gap < 0.0005 ? t.findingOracleSame : t.findingOracle(format.decimal(gap, 3)),
  ];
}

function acrossDecays(result: GmmOodResult, t: Words, format: Format): string[] {
  const outcomes = result.payload.byWeightDecay;
  if (outcomes.length < 2) return [];
  const low = outcomes[0];
  const high = outcomes[outcomes.length - 1];
  const [lowDecay, highDecay] = [low, high].map((one) => format.weight(one.weightDecay));
  const shared = low.byComponents.findLast((row) =>
    high.byComponents.some((other) => other.components === row.components)
  );
  const auroc = (outcome: DecayOutcome, components: number) =>
    mixtureOf(outcome, components).separation.auroc;
  const hurts = shared !== undefined &&
    auroc(high, shared.components) < auroc(low, shared.components) - 0.02;
  const collapsed = hurts && high.effectiveRank < 0.8 * low.effectiveRank;
  const rank = collapsed ? t.findingRank : t.findingRankAlone;
  return [
    ...(shared
      ? [t.findingDecay(
        lowDecay,
        format.decimal(auroc(low, shared.components), 3),
        highDecay,
        format.decimal(auroc(high, shared.components), 3),
        countText(shared.components, t.componentsText, format),
      )]
      : []),
    rank(
      lowDecay,
      format.decimal(low.effectiveRank, 1),
      highDecay,
      format.decimal(high.effectiveRank, 1),
      format.count(low.units),
    ),
    t.findingAccuracy(
      lowDecay,
      format.percent(low.testAccuracy.value),
      highDecay,
      format.percent(high.testAccuracy.value),
    ),
  ];
}

function oracleGap(outcome: DecayOutcome): number {
  const oracle = mixtureOf(outcome, outcome.chosen.oracle).separation.auroc;
  return oracle - chosenMixture(outcome).separation.auroc;
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  result: GmmOodResult,
  t: Words,
  format: Format,
  text: Catalogue,
): Answer {
  const outcome = mostAccurate(result);
  const { separation, components } = chosenMixture(outcome);
  return {
    number: format.decimal(separation.auroc, 3),
    sentence: t.headline(
      countText(components, t.componentsText, format),
      format.weight(outcome.weightDecay),
    ),
    uncertainty: separation.aurocInterval === null
      ? undefined
      : text.overview.interval(rangeText(separation.aurocInterval, format)),
  };
}
