import { maximumBy, mean, minimumBy } from "@mixtape/report-site/components";
import type { Interval, OodSetName } from "@mixtape/results";
import type { ClassifierName, LeaderboardScore, OodDetectorsResult } from "./result.ts";

/** Sets that are near what belongs, and sets that are far from it. */
export type SetGroup = "near" | "far";

/**
 * Sets of images of the in-distribution data set itself: of classes held out, turned, or blended by twos. All others
 * are far: another data set, or images of which each pixel was changed, moved or drawn by itself. How well a detector
 * tells a set has no say in its group.
 */
const nearSets: ReadonlySet<OodSetName> = new Set(["rotated", "blended", "held-out-classes"]);

/** The group of a set. */
export function groupOf(set: OodSetName): SetGroup {
  return nearSets.has(set) ? "near" : "far";
}

/** The groups of which there is a set, the near one first. */
export function groupsOf({ payload: { sets } }: OodDetectorsResult): SetGroup[] {
  return (["near", "far"] as const).filter((group) =>
    sets.some(({ name }) => groupOf(name) === group)
  );
}

/** AUROC of a detector on a set, mean of the seeds. */
export interface SetAuroc {
  /** The set. */
  readonly set: OodSetName;
  /** The mean. */
  readonly auroc: number;
  /** Mean of the intervals of the seeds: that of their mean is no wider. Null where a seed has none. */
  readonly interval: Interval | null;
}

/** One detector on one network. */
export interface Standing {
  /** The network. */
  readonly classifier: ClassifierName;
  /** The detector. */
  readonly detector: string;
  /** Its AUROCs, in the order of the sets that it was scored on. */
  readonly aurocs: readonly SetAuroc[];
}

/** The detectors whose rules were settled after looking at results on sets such as these. */
const settledAfterLooking: ReadonlySet<string> = new Set(["weakest-level"]);

/** Returns true if the rule of a detector was settled after looking at results on sets such as these. */
export function isSettledAfterLooking(detector: string): boolean {
  return settledAfterLooking.has(detector);
}

/**
 * Ranks the detectors on a network by their mean AUROC over a group of sets, the best first; those whose rules were
 * settled after looking at such sets come last, however good.
 *
 * @param result The result.
 * @param classifier The network.
 * @param group The group; the near sets unless given, or the far ones where there are no near ones.
 */
export function standingsOf(
  result: OodDetectorsResult,
  classifier: ClassifierName,
  group: SetGroup = groupsOf(result)[0],
): Standing[] {
  const { detectors, scores, sets } = result.payload;
  const standings = detectors.flatMap(({ name }): Standing[] => {
    const own = scores.filter((one) => one.classifier === classifier && one.detector === name);
    const aurocs = sets.flatMap(({ name: set }) => {
      const found = own.filter((one) => one.set === set);
      return found.length > 0 ? [meanOf(set, found)] : [];
    });
    return aurocs.length === 0 ? [] : [{ classifier, detector: name, aurocs }];
  });
  return standings.sort((a, b) =>
    Number(isSettledAfterLooking(a.detector)) - Number(isSettledAfterLooking(b.detector)) ||
    (meanAuroc(b, group) ?? 0) - (meanAuroc(a, group) ?? 0)
  );
}

function meanOf(set: OodSetName, scores: readonly LeaderboardScore[]): SetAuroc {
  const intervals = scores.map(({ separation }) => separation.aurocInterval);
  return {
    set,
    auroc: mean(scores.map(({ separation }) => separation.auroc)),
    interval: meanInterval(intervals),
  };
}

/** The mean of intervals, which is no narrower than that of the mean, however its parts depend on each other. */
function meanInterval(intervals: readonly (Interval | null)[]): Interval | null {
  const known = intervals.flatMap((interval) => interval ?? []);
  if (known.length < intervals.length || known.length === 0) return null;
  const [{ level }] = known;
  return {
    low: mean(known.map(({ low }) => low)),
    high: mean(known.map(({ high }) => high)),
    level,
  };
}

/** The AUROCs of a detector on the sets of a group. */
export function aurocsIn({ aurocs }: Standing, group: SetGroup): SetAuroc[] {
  return aurocs.filter(({ set }) => groupOf(set) === group);
}

/** The mean AUROC of a detector over the sets of a group; nothing where it was scored on none. */
export function meanAuroc(standing: Standing, group: SetGroup): number | undefined {
  const found = aurocsIn(standing, group);
  return found.length === 0 ? undefined : mean(found.map(({ auroc }) => auroc));
}

/** An interval of the mean AUROC of a detector over the sets of a group; null where a score has none. */
export function widestInterval(standing: Standing, group: SetGroup): Interval | null {
  return meanInterval(aurocsIn(standing, group).map(({ interval }) => interval));
}

/** The set of a group that a detector does worst on. */
export function lowestOf(standing: Standing, group: SetGroup): SetAuroc {
  return minimumBy(aurocsIn(standing, group), ({ auroc }) => auroc);
}

/**
 * The network of which no part was settled after looking at results on such sets: the reference network, and any other
 * where it is missing. How the larger one is trained was settled after looking.
 */
export function cleanNetwork({ payload: { classifiers } }: OodDetectorsResult): ClassifierName {
  const names = classifiers.map(({ name }) => name);
  return names.includes("reference") ? "reference" : names[0];
}

/** The best of the detectors on each set, on whichever network, in the order of the sets. */
export function bestOfSets(
  result: OodDetectorsResult,
): readonly (SetAuroc & { readonly detector: string })[] {
  const all = result.payload.classifiers.flatMap(({ name }) => standingsOf(result, name))
    .flatMap(({ detector, aurocs }) => aurocs.map((one) => ({ ...one, detector })));
  return [...Map.groupBy(all, ({ set }) => set).values()]
    .map((found) => maximumBy(found, ({ auroc }) => auroc));
}
