import type { ResultOf } from "@mixtape/results";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import { maximumBy, mean, minimumBy } from "../statistics.ts";

type DetectorsResult = ResultOf<"ood-detectors">;
type Payload = DetectorsResult["payload"];

/** Name of a network of the leaderboard. */
export type ClassifierName = Payload["classifiers"][number]["name"];

/** Name of a set that does not belong. */
export type SetName = Payload["sets"][number]["name"];

/** One detector on one network: AUROC of each set, mean of the seeds. */
export interface Standing {
  /** The network. */
  readonly classifier: ClassifierName;
  /** The detector. */
  readonly detector: string;
  /** AUROC by set, in the order of the sets that it was scored on. */
  readonly aurocs: readonly { readonly set: SetName; readonly auroc: number }[];
  /** Their mean. */
  readonly mean: number;
}

/** Every detector on a network, the best on average first. */
export function standingsOf({ payload }: DetectorsResult, classifier: ClassifierName): Standing[] {
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

/** The detector that is best on average over all sets, on whichever network. */
export function leaderOf(result: DetectorsResult): Standing {
  const leaders = result.payload.classifiers.flatMap(({ name }) =>
    standingsOf(result, name).slice(0, 1)
  );
  return maximumBy(leaders, (standing) => standing.mean);
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
  { payload }: DetectorsResult,
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

/** What the experiment `ood-detectors` found, a sentence each. */
export function findOodDetectors(
  result: DetectorsResult,
  text: Catalogue,
  format: Format,
): string[] {
  const t = text.detectors;
  const leader = leaderOf(result);
  const lowest = lowestOf(leader);
  return [
    t.foundBest(
      leader.detector,
      t.classifiers[leader.classifier],
      format.decimal(leader.mean, 3),
      format.decimal(lowest.auroc, 3),
      t.sets[lowest.set],
    ),
    ...result.payload.classifiers.flatMap(({ name }) => otherSet(result, name, text, format)),
    hardest(result, text, format),
    threshold(result, text, format),
  ];
}

function otherSet(
  result: DetectorsResult,
  classifier: ClassifierName,
  text: Catalogue,
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
    text.detectors.foundOther(
      best,
      text.detectors.classifiers[classifier],
      format.decimal(score?.separation.auroc ?? 0, 3),
      format.list(level),
    ),
  ];
}

function hardest(result: DetectorsResult, text: Catalogue, format: Format): string {
  const standings = result.payload.classifiers.flatMap(({ name }) => standingsOf(result, name));
  const bests = result.payload.sets.map(({ name: set }) => {
    const scored = standings.flatMap(({ detector, aurocs }) =>
      aurocs.filter((one) => one.set === set).map(({ auroc }) => ({ set, detector, auroc }))
    );
    return maximumBy(scored, (one) => one.auroc);
  });
  const { set, auroc, detector } = minimumBy(bests, (one) => one.auroc);
  return text.detectors.foundHardest(text.detectors.sets[set], format.decimal(auroc, 3), detector);
}

function threshold({ payload }: DetectorsResult, text: Catalogue, format: Format): string {
  const informative = new Set(
    payload.detectors.filter((one) => one.looksAt !== "nothing").map((one) => one.name),
  );
  const achieved = payload.scores.filter((one) => informative.has(one.detector))
    .map((one) => one.achievedTpr);
  return text.detectors.foundThreshold(
    format.percent(Math.min(...achieved)),
    format.percent(Math.max(...achieved)),
  );
}
