import {
  type Answer,
  type Catalogue,
  type Format,
  maximumBy,
  minimumBy,
  rangeText,
} from "@mixtape/report-site/components";
import type { Interval, Proportion } from "@mixtape/results";
import { allLeast } from "../all_least.ts";
import { compareIntervals } from "../compare.ts";
import { untied } from "../untied.ts";
import type { ClassesPayload, ClassesResult, DetectorSeparation } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Number of confusions that a sentence names. */
const NAMED = 3;

/** Returns the findings of the experiment `classes`, one sentence each. */
export function findClasses(result: ClassesResult, t: Words, format: Format): string[] {
  const { payload } = result;
  const sets = findSets(result, t, format);
  return [
    ...findAccuracy(payload, t, format),
    ...findHardest(payload, t, format),
    ...findConfusions(payload, t, format),
    findCalibration(payload, t, format),
    ...sets.sentences,
    ...findMadeUp(result, t, format),
    ...findChance([
      ...sets.told,
      ...payload.madeUpSets.map(({ detectors: [{ interval }] }) => interval),
    ], t),
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
  const [hardest, ...tied] = allLeast(classes, ({ recall }) => recall.value);
  const others = classes.filter((one) => one !== hardest && !tied.includes(one));
  if (others.length === 0) return [];
  if (tied.length > 0) {
    const names = [hardest, ...tied].map(({ name }) => t.classNamed(name));
    return [t.findingHardestTied(format.list(names), format.percent(hardest.recall.value))];
  }
  const isShown = others.some(({ recall }) =>
    compareIntervals(hardest.recall.interval, recall.interval) === "less"
  );
  return [
    t.findingHardest(hardest.name, ...proportionTexts(hardest.recall, format)),
    ...isShown ? [] : [t.findingHardestOpen],
  ];
}

function findConfusions({ confusions }: ClassesPayload, t: Words, format: Format): string[] {
  const named = untied(confusions, NAMED, ({ rows }) => rows).map(({ given, predicted, rows }) =>
    t.confusion(given, predicted, format.count(rows))
  );
  return named.length === 0 ? [] : [t.findingConfusions(format.list(named), named.length === 1)];
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

/** Sentences, and the intervals of the areas that they tell. */
interface Told {
  readonly sentences: readonly string[];
  readonly told: readonly Interval[];
}

function findSets({ data, payload }: ClassesResult, t: Words, format: Format): Told {
  const { sets, madeUpSets } = payload;
  if (sets.length === 0) {
    return { sentences: madeUpSets.length === 0 ? [t.findingNoSets] : [], told: [] };
  }
  const [{ heldOut, detectors: [{ detector }] }] = sets;
  const firsts = sets.flatMap(({ heldOut, detectors }) =>
    detectors.filter((one) => one.detector === detector).map((one) => ({ heldOut, ...one }))
  );
  const lowest = minimumBy(firsts, ({ auroc }) => auroc);
  const highest = maximumBy(firsts, ({ auroc }) => auroc);
  const textsOf = (one: DetectorSeparation) =>
    [format.decimal(one.auroc, 3), rangeText(one.interval, format)] as const;
  // A second file is the only set, if there is one.
  if (heldOut === null) {
    const sentence = t.findingForeign(detector, data[1].title, ...textsOf(lowest));
    return { sentences: [sentence], told: [lowest.interval] };
  }
  if (firsts.length === 1) {
    const sentence = t.findingOne(heldOut, detector, ...textsOf(lowest));
    return { sentences: [sentence], told: [lowest.interval] };
  }
  const sentence = t.findingHeldOut(
    detector,
    ...textsOf(lowest),
    lowest.heldOut!,
    ...textsOf(highest),
    highest.heldOut!,
  );
  return { sentences: [sentence], told: [lowest.interval, highest.interval] };
}

/** Sentences on what an area at chance, or below it, means, if one that was told may be. */
function findChance(told: readonly Interval[], t: Words): string[] {
  return [
    ...told.some(({ low, high }) => low <= 0.5 && high >= 0.5) ? [t.findingChance] : [],
    ...told.some(({ high }) => high < 0.5) ? [t.findingBelowChance] : [],
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
