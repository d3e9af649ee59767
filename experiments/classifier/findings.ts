import {
  type Answer,
  type Catalogue,
  classNamesOf,
  type Format,
} from "@mixtape/report-site/components";
import { untied } from "../untied.ts";
import type { ClassifierPayload, ClassifierResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Returns the findings of the experiment `classifier`, one sentence each. */
export function findClassifier(
  result: ClassifierResult,
  t: Words,
  format: Format,
): string[] {
  const { testAccuracy } = result.payload;
  return [
    t.findingAccuracy(
      format.percent(testAccuracy.value, 2),
      format.percentInterval(testAccuracy.interval, 2),
      format.count(testAccuracy.successes),
      format.count(testAccuracy.trials),
    ),
    ...confusions(result, t, format),
    calibration(result.payload, t, format),
    ...bestEpoch(result.payload, t, format),
  ];
}

function confusions(result: ClassifierResult, t: Words, format: Format): string[] {
  const names = classNamesOf(result);
  const mistaken = result.payload.confusion
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count);
  if (mistaken.length === 0) return [t.noMistakes];
  const named = untied(mistaken, 3, ({ count }) => count)
    .map(({ truth, predicted, count }) =>
      t.findingConfusion(names[truth], names[predicted], format.count(count))
    );
  if (named.length === 0) return [];
  return [t.findingConfusions(format.list(named), named.length === 1)];
}

function calibration(payload: ClassifierPayload, t: Words, format: Format): string {
  const { bins, expectedCalibrationError } = payload.reliability;
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const confidence = bins.reduce((sum, bin) => sum + bin.count * bin.meanConfidence, 0) / total;
  const accuracy = bins.reduce((sum, bin) => sum + bin.count * bin.accuracy, 0) / total;
  const { low, high } = payload.testAccuracy.interval;
  const sentence = confidence > high
    ? t.findingOver
    : confidence < low
    ? t.findingUnder
    : t.findingCalibrated;
  return sentence(
    format.percent(expectedCalibrationError),
    format.percent(confidence),
    format.percent(accuracy),
  );
}

function bestEpoch({ epochs }: ClassifierPayload, t: Words, format: Format): string[] {
  const best = Math.max(...epochs.map((epoch) => epoch.testAccuracy));
  const at = epochs.findIndex((epoch) => epoch.testAccuracy === best);
  if (at === epochs.length - 1) return [];
  return [
    t.findingFlat(
      format.count(epochs.length),
      format.percent(best, 2),
      format.count(at + 1),
    ),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  { payload }: ClassifierResult,
  t: Words,
  format: Format,
  text: Catalogue,
): Answer {
  const { value, interval } = payload.testAccuracy;
  return {
    number: format.percent(value, 2),
    sentence: t.headline,
    uncertainty: text.overview.interval(format.percentInterval(interval, 2)),
  };
}
