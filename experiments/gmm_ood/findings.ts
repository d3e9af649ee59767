import {
  type Answer,
  type Catalogue,
  type Format,
  maximumBy,
  rangeText,
} from "@mixtape/report-site/components";
import { compareIntervals } from "../compare.ts";
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
  const gap = Math.max(...result.payload.byWeightDecay.map(oracleGap));
  return [
    t.findingBest(
      format.decimal(separation.auroc, 3),
      format.percent(separation.fprAtIdTpr95),
      countText(components, t.componentsText, format),
      format.weight(best.weightDecay),
    ),
    ...openChoice(result, best, t, format),
    ...atEdge(result, t, format),
    ...acrossDecays(result, t, format),
    besideSoftmax(best, t, format),
    ...softmaxElsewhere(result, best, t, format),
    gap <= 0 ? t.findingOracleSame : t.findingOracle(format.decimal(roundedUp(gap), 3)),
  ];
}

/** The networks whose accuracy may be as good as that of the one that was chosen. */
function openChoice(result: GmmOodResult, best: DecayOutcome, t: Words, format: Format): string[] {
  const alike = result.payload.byWeightDecay.filter((outcome) =>
    outcome !== best &&
    compareIntervals(outcome.testAccuracy.interval, best.testAccuracy.interval) === "open"
  );
  if (alike.length === 0) return [];
  return [t.findingDecayOpen(format.list(alike.map((one) => format.weight(one.weightDecay))))];
}

/** Criteria for the number of components. */
const criteria = ["byBic", "byHeldOut", "oracle"] as const;

/** The choices beyond which a better one may lie, by the criterion that made them. */
function atEdge(result: GmmOodResult, t: Words, format: Format): string[] {
  const { byWeightDecay } = result.payload;
  const found = criteria.flatMap((criterion) => {
    const largest = byWeightDecay.filter(({ byComponents, chosen }) =>
      byComponents.length > 1 &&
      chosen[criterion] === Math.max(...byComponents.map(({ components }) => components))
    );
    if (largest.length === 0) return [];
    const decays = largest.length === byWeightDecay.length
      ? t.everyDecay
      : t.atDecays(format.list(largest.map((one) => format.weight(one.weightDecay))));
    return [{ choice: t.choicesOf[criterion], decays }];
  });
  if (found.length === 0) return [];
  const parts = [...Map.groupBy(found, ({ decays }) => decays)].map(([decays, same]) =>
    t.edgePart(format.list(same.map(({ choice }) => choice)), decays)
  );
  return [t.findingEdge(format.list(parts))];
}

function besideSoftmax(outcome: DecayOutcome, t: Words, format: Format): string {
  const { softmax } = outcome;
  const { separation } = chosenMixture(outcome);
  const sentence = {
    more: t.findingSoftmaxWorse,
    less: t.findingSoftmaxBetter,
    open: t.findingSoftmaxOpen,
  }[compareIntervals(separation.aurocInterval, softmax.aurocInterval)];
  return sentence(format.decimal(softmax.auroc, 3), format.decimal(separation.auroc, 3));
}

/** The other networks whose own confidence is ahead of the mixture, or has the larger AUROC though no difference is shown. */
function softmaxElsewhere(
  result: GmmOodResult,
  best: DecayOutcome,
  t: Words,
  format: Format,
): string[] {
  const parts = result.payload.byWeightDecay.flatMap((outcome) => {
    const { separation } = chosenMixture(outcome);
    if (outcome === best || outcome.softmax.auroc <= separation.auroc) return [];
    const compared = compareIntervals(outcome.softmax.aurocInterval, separation.aurocInterval);
    return [
      t.softmaxAt(
        format.weight(outcome.weightDecay),
        format.decimal(outcome.softmax.auroc, 3),
        format.decimal(separation.auroc, 3),
        compared === "more",
      ),
    ];
  });
  return parts.length === 0 ? [] : [t.findingSoftmaxElsewhere(format.list(parts))];
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
    t.findingRank(
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

/** A number with three decimals that is no less, but for the rounding of float64. */
function roundedUp(value: number): number {
  return Math.ceil(1000 * value - 1e-9) / 1000;
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
