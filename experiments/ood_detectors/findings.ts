import {
  type Answer,
  type Format,
  maximumBy,
  mean,
  minimumBy,
  rangeText,
} from "@mixtape/report-site/components";
import type { OodSetName } from "@mixtape/results";
import type { ClassifierName, OodDetectorsResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** One detector on one network: AUROC of each set, mean of the seeds. */
export interface Standing {
  /** The network. */
  readonly classifier: ClassifierName;
  /** The detector. */
  readonly detector: string;
  /** AUROC by set, in the order of the sets that it was scored on. */
  readonly aurocs: readonly { readonly set: OodSetName; readonly auroc: number }[];
  /** Their mean. */
  readonly mean: number;
}

/** Every detector on a network, the best on average first. */
export function standingsOf(
  { payload }: OodDetectorsResult,
  classifier: ClassifierName,
): Standing[] {
  const standings = payload.detectors.flatMap(({ name }): Standing[] => {
    const own = payload.scores.filter((one) =>
      one.classifier === classifier && one.detector === name
    );
    const aurocs = payload.sets.flatMap(({ name: set }) => {
      const values = own.filter((one) => one.set === set).map((one) => one.separation.auroc);
      return values.length > 0 ? [{ set, auroc: mean(values) }] : [];
    });
    if (aurocs.length === 0) return [];
    return [{ classifier, detector: name, aurocs, mean: mean(aurocs.map((one) => one.auroc)) }];
  });
  return standings.sort((a, b) => b.mean - a.mean);
}

/** The detectors whose rules were settled after looking at results on sets such as these. */
const settledAfterLooking: ReadonlySet<string> = new Set(["weakest-level"]);

/** Every detector on every network, the best on average first. */
function allStandings(result: OodDetectorsResult): Standing[] {
  return result.payload.classifiers.flatMap(({ name }) => standingsOf(result, name))
    .sort((a, b) => b.mean - a.mean);
}

/**
 * The detector that is best on average over all sets, on whichever network, of those whose rules were settled without
 * looking at such sets; of all if there is none.
 */
export function leaderOf(result: OodDetectorsResult): Standing {
  const standings = allStandings(result);
  return standings.find(({ detector }) => !settledAfterLooking.has(detector)) ?? standings[0];
}

/** The set that a detector does worst on. */
export function lowestOf(standing: Standing): Standing["aurocs"][number] {
  return minimumBy(standing.aurocs, (one) => one.auroc);
}

/**
 * An interval of a detector's mean AUROC: the mean of the intervals of all sets. However the sets depend on each other,
 * that of their mean is no wider.
 */
export function widestInterval(
  { payload }: OodDetectorsResult,
  { classifier, detector }: Standing,
): { readonly low: number; readonly high: number } | undefined {
  const own = payload.scores.filter((one) =>
    one.classifier === classifier && one.detector === detector
  );
  const intervals = own.flatMap(({ separation }) => separation.aurocInterval ?? []);
  if (intervals.length === 0 || intervals.length < own.length) return undefined;
  return {
    low: mean(intervals.map(({ low }) => low)),
    high: mean(intervals.map(({ high }) => high)),
  };
}

/** Returns the findings of the experiment `ood-detectors`, one sentence each. */
export function findOodDetectors(
  result: OodDetectorsResult,
  t: Words,
  format: Format,
): string[] {
  const leader = leaderOf(result);
  const lowest = lowestOf(leader);
  return [
    t.findingBest(
      leader.detector,
      t.classifiers[leader.classifier],
      format.decimal(leader.mean, 3),
      format.decimal(lowest.auroc, 3),
      t.sets[lowest.set],
    ),
    ...settled(result, t, format),
    ...result.payload.classifiers.flatMap(({ name }) => otherSet(result, name, t, format)),
    hardest(result, t, format),
    ...belowChance(result, t, format),
    threshold(result, t, format),
  ];
}

/** The best of the detectors that were settled after looking: a number apart. */
function settled(result: OodDetectorsResult, t: Words, format: Format): string[] {
  const best = allStandings(result).find(({ detector }) => settledAfterLooking.has(detector));
  if (best === undefined) return [];
  return [
    t.findingSettled(best.detector, t.classifiers[best.classifier], format.decimal(best.mean, 3)),
  ];
}

/** The detectors that take a set for more ordinary than what belongs, and the set that most of them do. */
function belowChance(result: OodDetectorsResult, t: Words, format: Format): string[] {
  const blind = new Set(
    result.payload.detectors.flatMap(({ name, looksAt }) => looksAt === "nothing" ? [name] : []),
  );
  const below = allStandings(result).flatMap(({ detector, aurocs }) =>
    blind.has(detector) ? [] : aurocs.filter(({ auroc }) => auroc < 0.5)
      .map(({ set }) => ({ detector, set }))
  );
  if (below.length === 0) return [];
  const bySet = [...Map.groupBy(below, ({ set }) => set)].map(([set, found]) => ({
    set,
    detectors: new Set(found.map(({ detector }) => detector)).size,
  }));
  const most = maximumBy(bySet, ({ detectors }) => detectors);
  const all = new Set(below.map(({ detector }) => detector)).size;
  return [
    t.findingBelow(format.count(all), t.sets[most.set], format.count(most.detectors)),
  ];
}

function otherSet(
  result: OodDetectorsResult,
  classifier: ClassifierName,
  t: Words,
  format: Format,
): string[] {
  const comparisons = result.payload.comparisons.filter((one) =>
    one.classifier === classifier && one.set === "other-data-set"
  );
  if (comparisons.length === 0) return [];
  const { best } = comparisons[0];
  const score = result.payload.scores.find((one) =>
    one.classifier === classifier && one.set === "other-data-set" && one.detector === best
  );
  const level = comparisons.filter((one) => !one.significant).map((one) => `\`${one.other}\``);
  return [
    t.findingOther(
      best,
      t.classifiers[classifier],
      format.decimal(score?.separation.auroc ?? 0, 3),
      format.list(level),
    ),
  ];
}

function hardest(result: OodDetectorsResult, t: Words, format: Format): string {
  const standings = result.payload.classifiers.flatMap(({ name }) => standingsOf(result, name));
  const bests = result.payload.sets.map(({ name: set }) => {
    const scored = standings.flatMap(({ detector, aurocs }) =>
      aurocs.filter((one) => one.set === set).map(({ auroc }) => ({ set, detector, auroc }))
    );
    return maximumBy(scored, (one) => one.auroc);
  });
  const { set, auroc, detector } = minimumBy(bests, (one) => one.auroc);
  return t.findingHardest(t.sets[set], format.decimal(auroc, 3), detector);
}

function threshold({ payload }: OodDetectorsResult, t: Words, format: Format): string {
  const informative = new Set(
    payload.detectors.filter((one) => one.looksAt !== "nothing").map((one) => one.name),
  );
  const achieved = payload.scores.filter((one) => informative.has(one.detector))
    .map((one) => one.achievedTpr);
  return t.findingThreshold(
    format.percent(Math.min(...achieved)),
    format.percent(Math.max(...achieved)),
  );
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(result: OodDetectorsResult, t: Words, format: Format): Answer {
  const leader = leaderOf(result);
  const interval = widestInterval(result, leader);
  return {
    number: format.decimal(leader.mean, 3),
    sentence: t.headline(
      leader.detector,
      format.count(leader.aurocs.length),
      format.decimal(lowestOf(leader).auroc, 3),
    ),
    uncertainty: interval && t.widestInterval(rangeText(interval, format)),
  };
}
