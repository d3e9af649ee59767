import {
  type Answer,
  type Format,
  maximumBy,
  mean,
  minimumBy,
} from "@mixtape/report-site/components";
import type { DiscoveryOutcome, OodCalibrationResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The different values of a list, in the order in which they first appear. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** Returns the findings of the experiment `ood-calibration`, one sentence each. */
export function findOodCalibration(
  result: OodCalibrationResult,
  t: Words,
  format: Format,
): string[] {
  const { tpr, pValues, discoveries } = result.payload;
  const uniform = pValues.filter((one) => one.kolmogorovSmirnov <= one.critical).length;
  const kept = discoveries.filter((one) => one.falseDiscoveryRate.mean <= one.wanted);
  const silent = kept.filter((one) => one.power.mean <= NEXT_TO_NOTHING);
  return [
    ...distinct(tpr.map((one) => one.wanted)).map((wanted) => {
      const means = tpr.filter((one) => one.wanted === wanted).map((one) => one.spread.mean);
      return t.findingTpr(
        format.percent(wanted, 0),
        format.percent(Math.min(...means)),
        format.percent(Math.max(...means)),
      );
    }),
    t.findingUniform(format.count(uniform), format.count(pValues.length)),
    t.findingFdr(format.count(kept.length), format.count(discoveries.length)),
    ...worstRate(result, t, format),
    ...silent.length === 0 ? [] : [
      t.findingSilent(format.count(silent.length), format.percent(NEXT_TO_NOTHING, 0)),
    ],
  ];
}

/** Share of what should be found below which a detector reports next to nothing. */
const NEXT_TO_NOTHING = 0.02;

/**
 * The setting in which the largest share of discoveries is false beyond what was asked for: of those in which the
 * interval over batches shows it, if there is one.
 */
function worstRate(
  { payload: { discoveries, batches } }: OodCalibrationResult,
  t: Words,
  format: Format,
): string[] {
  const halfOf = (one: DiscoveryOutcome) =>
    1.959963984540054 * one.falseDiscoveryRate.standardDeviation / Math.sqrt(batches);
  const exceeded = discoveries.filter((one) => one.falseDiscoveryRate.mean > one.wanted);
  const shown = exceeded.filter((one) => one.falseDiscoveryRate.mean - halfOf(one) > one.wanted);
  if (exceeded.length === 0) return [];
  const worst = maximumBy(
    shown.length > 0 ? shown : exceeded,
    (one) => one.falseDiscoveryRate.mean - one.wanted,
  );
  const { mean } = worst.falseDiscoveryRate;
  const sentence = shown.length > 0 ? t.findingFdrWorst : t.findingFdrOpen;
  return [
    sentence(
      worst.detector,
      format.percent(mean),
      format.percent(worst.wanted),
      format.percent(worst.oodShare, 0),
      format.percent(Math.max(0, mean - halfOf(worst))),
      format.percent(Math.min(1, mean + halfOf(worst))),
    ),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  { payload: { tpr } }: OodCalibrationResult,
  t: Words,
  format: Format,
): Answer {
  const wanted = minimumBy(tpr, (one) => Math.abs(one.wanted - 0.95)).wanted;
  const outcomes = tpr.filter((one) => one.wanted === wanted);
  const means = outcomes.map((one) => one.spread.mean);
  const achieved = outcomes.flatMap((one) => one.achieved);
  return {
    number: format.percent(mean(means)),
    sentence: t.headline(format.percent(wanted, 0)),
    uncertainty: t.overSplits(
      format.percent(Math.min(...achieved)),
      format.percent(Math.max(...achieved)),
      format.count(outcomes.length),
    ),
  };
}
