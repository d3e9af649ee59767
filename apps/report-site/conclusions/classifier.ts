import type { ClassifierPayload, ResultOf } from "@mixtape/results";
import { classNamesOf } from "../class_names.ts";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";

/** What the experiment `classifier` found, a sentence each. */
export function findClassifier(
  result: ResultOf<"classifier">,
  text: Catalogue,
  format: Format,
): string[] {
  const { testAccuracy } = result.payload;
  return [
    text.classifier.foundAccuracy(
      format.percent(testAccuracy.value, 2),
      format.percentInterval(testAccuracy.interval, 2),
      format.count(testAccuracy.successes),
      format.count(testAccuracy.trials),
    ),
    ...confusions(result, text, format),
    calibration(result.payload, text, format),
    ...bestEpoch(result.payload, text, format),
  ];
}

function confusions(result: ResultOf<"classifier">, text: Catalogue, format: Format): string[] {
  const names = classNamesOf(result);
  const mistaken = result.payload.confusion
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ truth, predicted, count }) =>
      text.classifier.foundConfusion(names[truth], names[predicted], format.count(count))
    );
  return mistaken.length === 0
    ? [text.classifier.noMistakes]
    : [text.classifier.foundConfusions(format.list(mistaken))];
}

function calibration(payload: ClassifierPayload, text: Catalogue, format: Format): string {
  const { bins, expectedCalibrationError } = payload.reliability;
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const confidence = bins.reduce((sum, bin) => sum + bin.count * bin.meanConfidence, 0) / total;
  const accuracy = bins.reduce((sum, bin) => sum + bin.count * bin.accuracy, 0) / total;
  const sentence = confidence > accuracy ? text.classifier.foundOver : text.classifier.foundUnder;
  return sentence(
    format.percent(expectedCalibrationError),
    format.percent(confidence),
    format.percent(accuracy),
  );
}

function bestEpoch({ epochs }: ClassifierPayload, text: Catalogue, format: Format): string[] {
  const best = Math.max(...epochs.map((epoch) => epoch.testAccuracy));
  const at = epochs.findIndex((epoch) => epoch.testAccuracy === best);
  if (at === epochs.length - 1) return [];
  return [
    text.classifier.foundFlat(
      format.count(epochs.length),
      format.percent(best, 2),
      format.count(at + 1),
    ),
  ];
}
