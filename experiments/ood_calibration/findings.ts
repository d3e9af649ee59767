import { type Answer, type Format, mean, minimumBy } from "@mixtape/report-site/components";
import type { OodCalibrationResult } from "./result.ts";
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
  const kept = discoveries.filter((one) => one.falseDiscoveryRate.mean <= one.wanted).length;
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
    t.findingFdr(format.count(kept), format.count(discoveries.length)),
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
