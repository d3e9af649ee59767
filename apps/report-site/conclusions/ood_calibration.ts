import type { ResultOf } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";

type CalibrationResult = ResultOf<"ood-calibration">;

/** The different values of a list, in the order in which they first appear. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** What the experiment `ood-calibration` found, a sentence each. */
export function findOodCalibration(
  result: CalibrationResult,
  text: Catalogue,
  format: Format,
): string[] {
  const t = text.calibration;
  const { tpr, pValues, discoveries } = result.payload;
  const uniform = pValues.filter((one) => one.kolmogorovSmirnov <= one.critical).length;
  const kept = discoveries.filter((one) => one.falseDiscoveryRate.mean <= one.wanted).length;
  return [
    ...distinct(tpr.map((one) => one.wanted)).map((wanted) => {
      const means = tpr.filter((one) => one.wanted === wanted).map((one) => one.spread.mean);
      return t.foundTpr(
        format.percent(wanted, 0),
        format.percent(Math.min(...means)),
        format.percent(Math.max(...means)),
      );
    }),
    t.foundUniform(format.count(uniform), format.count(pValues.length)),
    t.foundFdr(format.count(kept), format.count(discoveries.length)),
  ];
}
