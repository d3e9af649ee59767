import type { DecayOutcome, MixtureRow, ResultOf } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import { maximumBy } from "../statistics.ts";
import { componentsText } from "./gmm_notebook.ts";

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
export function mostAccurate(result: ResultOf<"gmm-ood">): DecayOutcome {
  return maximumBy(
    result.payload.byWeightDecay,
    (outcome) => outcome.testAccuracy.value,
  );
}

/** What the experiment `gmm-ood` found, a sentence each. */
export function findGmmOod(result: ResultOf<"gmm-ood">, text: Catalogue, format: Format): string[] {
  const t = text.mixtures;
  const best = mostAccurate(result);
  const { separation, components } = chosenMixture(best);
  const { softmax } = best;
  const gap = Math.max(...result.payload.byWeightDecay.map(oracleGap));
  return [
    t.foundBest(
      format.decimal(separation.auroc, 3),
      format.percent(separation.fprAtIdTpr95),
      componentsText(components, text, format),
      format.weight(best.weightDecay),
    ),
    ...acrossDecays(result, text, format),
    t.foundSoftmax(
      format.decimal(softmax.auroc, 3),
      format.decimal(separation.auroc, 3),
      separation.auroc > softmax.auroc,
    ),
    gap < 0.0005 ? t.foundOracleSame : t.foundOracle(format.decimal(gap, 3)),
  ];
}

function acrossDecays(result: ResultOf<"gmm-ood">, text: Catalogue, format: Format): string[] {
  const t = text.mixtures;
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
  const rank = collapsed ? t.foundRank : t.foundRankAlone;
  return [
    ...(shared
      ? [t.foundDecay(
        lowDecay,
        format.decimal(auroc(low, shared.components), 3),
        highDecay,
        format.decimal(auroc(high, shared.components), 3),
        componentsText(shared.components, text, format),
      )]
      : []),
    rank(
      lowDecay,
      format.decimal(low.effectiveRank, 1),
      highDecay,
      format.decimal(high.effectiveRank, 1),
      format.count(low.units),
    ),
    t.foundAccuracy(
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
