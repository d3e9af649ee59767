import {
  type Answer,
  type Catalogue,
  type Format,
  maximumBy,
  minimumBy,
  rangeText,
} from "@mixtape/report-site/components";
import type { Proportion } from "@mixtape/results";
import { untied } from "../untied.ts";
import type { ClassesPayload, ClassesResult, DetectorSeparation } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Number of confusions that a sentence names. */
const NAMED = 3;

/** Returns the findings of the experiment `classes`, one sentence each. */
export function findClasses(result: ClassesResult, t: Words, format: Format): string[] {
  const { payload } = result;
  return [
    ...findAccuracy(payload, t, format),
    ...findHardest(payload, t, format),
    ...findConfusions(payload, t, format),
    findCalibration(payload, t, format),
    ...findSets(result, t, format),
    ...findMadeUp(result, t, format),
  ];
}

function findAccuracy(
  { accuracy, largest }: ClassesPayload,
  t: Words,
  format: Format,
): string[] {
  return [
    t.findingAccuracy(...proportionTexts(accuracy, format)),
    comparison(accuracy, largest.share, t)(largest.name, format.percent(largest.share)),
  ];
}

/** Chooses what is said of an accuracy beside the share of the most frequent class. */
function comparison({ interval }: Proportion, share: number, t: Words) {
  if (interval.low > share) return t.findingBetter;
  return interval.high < share ? t.findingWorse : t.findingNotBetter;
}

function findHardest({ classes, accuracy }: ClassesPayload, t: Words, format: Format): string[] {
  if (accuracy.successes === accuracy.trials) return [];
  const hardest = minimumBy(classes, ({ recall }) => recall.value);
  return [t.findingHardest(hardest.name, ...proportionTexts(hardest.recall, format))];
}

function findConfusions({ confusions }: ClassesPayload, t: Words, format: Format): string[] {
  const named = untied(confusions, NAMED, ({ rows }) => rows).map(({ given, predicted, rows }) =>
    t.confusion(given, predicted, format.count(rows))
  );
  return named.length === 0 ? [] : [t.findingConfusions(format.list(named))];
}

function findCalibration({ calibration, accuracy }: ClassesPayload, t: Words, format: Format) {
  const { crossEntropy, shareEntropy, expectedError, confidence } = calibration;
  return t.findingCalibration(
    format.percent(confidence),
    format.percent(accuracy.value),
    format.percent(expectedError),
    format.decimal(crossEntropy, 3),
    format.decimal(shareEntropy, 3),
  );
}

function findSets({ data, payload }: ClassesResult, t: Words, format: Format): string[] {
  const { sets, madeUpSets } = payload;
  if (sets.length === 0) return madeUpSets.length === 0 ? [t.findingNoSets] : [];
  const [{ heldOut, detectors: [{ detector }] }] = sets;
  const firsts = sets.flatMap(({ heldOut, detectors }) =>
    detectors.filter((one) => one.detector === detector).map((one) => ({ heldOut, ...one }))
  );
  const lowest = minimumBy(firsts, ({ auroc }) => auroc);
  const highest = maximumBy(firsts, ({ auroc }) => auroc);
  const told = (one: DetectorSeparation) =>
    [format.decimal(one.auroc, 3), rangeText(one.interval, format)] as const;
  const isChance = lowest.interval.low <= 0.5 && lowest.interval.high >= 0.5;
  const chance = isChance ? [t.findingChance] : [];
  // A second file is the only set, if there is one.
  if (heldOut === null) {
    return [t.findingForeign(detector, data[1].title, ...told(lowest)), ...chance];
  }
  if (firsts.length === 1) {
    return [t.findingOne(heldOut, detector, ...told(lowest)), ...chance];
  }
  return [
    t.findingHeldOut(
      detector,
      ...told(lowest),
      lowest.heldOut!,
      ...told(highest),
      highest.heldOut!,
    ),
    ...chance,
  ];
}

/** The first detector on rows that were made up. */
function findMadeUp({ payload: { madeUpSets } }: ClassesResult, t: Words, format: Format) {
  return madeUpSets.map(({ madeUp, detectors: [{ detector, auroc, interval }] }) =>
    t.findingMadeUp(
      t.madeUp[madeUp],
      detector,
      format.decimal(auroc, 3),
      rangeText(interval, format),
    )
  );
}

function proportionTexts(
  { value, interval, successes, trials }: Proportion,
  format: Format,
): [string, string, string, string] {
  return [
    format.percent(value),
    format.percentInterval(interval),
    format.count(successes),
    format.count(trials),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  { payload: { accuracy } }: ClassesResult,
  t: Words,
  format: Format,
  text: Catalogue,
): Answer {
  return {
    number: format.percent(accuracy.value),
    sentence: t.headline,
    uncertainty: text.overview.interval(format.percentInterval(accuracy.interval)),
  };
}
