import { type Answer, type Format, minimumBy, rangeText } from "@mixtape/report-site/components";
import { allLeast } from "../all_least.ts";
import { compareIntervals } from "../compare.ts";
import type { ClassifierName, LeaderboardScore, OodDetectorsResult } from "./result.ts";
import {
  aurocsIn,
  bestOfSets,
  cleanNetwork,
  groupsOf,
  isSettledAfterLooking,
  lowestOf,
  meanAuroc,
  type SetGroup,
  type Standing,
  standingsOf,
  widestInterval,
} from "./standings.ts";
import type { Words } from "./words/en.ts";

/** Returns the findings of the experiment `ood-detectors`, one sentence each. */
export function findOodDetectors(
  result: OodDetectorsResult,
  t: Words,
  format: Format,
): string[] {
  const { classifiers } = result.payload;
  const clean = cleanNetwork(result);
  return [
    ...groupsOf(result).flatMap((group) => best(result, group, t, format)),
    ...classifiers.filter(({ name }) => name !== clean)
      .flatMap(({ name }) => elsewhere(result, name, t, format)),
    ...settled(result, t, format),
    ...seeds(result, t, format),
    ...classifiers.flatMap(({ name }) => otherSet(result, name, t, format)),
    hardest(result, t, format),
    ...belowChance(result, t, format),
    threshold(result, t, format),
  ];
}

/** The best on the network of which nothing was settled after looking, and how many others may be as good. */
function best(result: OodDetectorsResult, group: SetGroup, t: Words, format: Format): string[] {
  const classifier = cleanNetwork(result);
  const rivals = rivalsOf(result, group);
  if (rivals === undefined) return [];
  const { leader, others, level } = rivals;
  const lowest = lowestOf(leader, group);
  return [
    t.findingBest(
      t.groups[group],
      t.classifiers[classifier],
      leader.detector,
      format.decimal(meanAuroc(leader, group)!, 3),
      format.decimal(lowest.auroc, 3),
      t.sets[lowest.set],
    ),
    level.length === 0 ? t.findingAhead(t.groups[group]) : t.findingLevel(
      t.groups[group],
      format.count(level.length),
      format.isSingular(level.length),
      format.count(others.length),
    ),
  ];
}

/** The best detector, and its rivals. */
interface Rivals {
  readonly leader: Standing;
  /** The others that look at something and whose rules were settled without looking at such sets. */
  readonly others: readonly Standing[];
  /** Those of the others that are not shown to be worse. */
  readonly level: readonly Standing[];
}

function rivalsOf(result: OodDetectorsResult, group: SetGroup): Rivals | undefined {
  const [leader, ...others] = standingsOf(result, cleanNetwork(result), group)
    .filter((one) => !isSettledAfterLooking(one.detector) && sighted(result).has(one.detector));
  if (leader === undefined) return undefined;
  const interval = widestInterval(leader, group);
  const level = others.filter((one) =>
    compareIntervals(interval, widestInterval(one, group)) === "open"
  );
  return { leader, others, level };
}

/** The detectors that look at something. */
function sighted({ payload }: OodDetectorsResult): ReadonlySet<string> {
  const found = payload.detectors.filter(({ looksAt }) => looksAt.length > 0);
  return new Set(found.map(({ name }) => name));
}

/** The best on a network whose training was settled after looking: numbers apart. */
function elsewhere(
  result: OodDetectorsResult,
  classifier: ClassifierName,
  t: Words,
  format: Format,
): string[] {
  const parts = groupsOf(result).flatMap((group) => {
    const leader = standingsOf(result, classifier, group).find((one) =>
      !isSettledAfterLooking(one.detector)
    );
    return leader ? partOf(leader, group, t, format) : [];
  });
  return parts.length === 0
    ? []
    : [t.findingElsewhere(t.classifiers[classifier], format.list(parts))];
}

/** The detectors whose rules were settled after looking: numbers apart. */
function settled(result: OodDetectorsResult, t: Words, format: Format): string[] {
  const classifier = cleanNetwork(result);
  return standingsOf(result, classifier).filter((one) => isSettledAfterLooking(one.detector)).map((
    one,
  ) =>
    t.findingSettled(
      one.detector,
      t.classifiers[classifier],
      format.list(
        groupsOf(result).map((group) =>
          t.meanPart(format.decimal(meanAuroc(one, group) ?? NaN, 3), t.groups[group])
        ),
      ),
    )
  );
}

function partOf(standing: Standing, group: SetGroup, t: Words, format: Format): string[] {
  const value = meanAuroc(standing, group);
  if (value === undefined) return [];
  return [t.bestPart(t.groups[group], standing.detector, format.decimal(value, 3))];
}

/** Sentences on the seeds of the networks: the range of the leader's mean, and how often it leads; or that one shows nothing of another. */
function seeds(result: OodDetectorsResult, t: Words, format: Format): string[] {
  const { seeds, scores } = result.payload;
  if (seeds.length < 2) return [t.findingOneSeed];
  const classifier = cleanNetwork(result);
  return groupsOf(result).flatMap((group) => {
    const [leader] = standingsOf(result, classifier, group);
    const bySeed = seeds.map((seed) => {
      const own = scores.filter((one) => one.seed === seed);
      const payload = { ...result.payload, scores: own };
      return standingsOf({ ...result, payload }, classifier, group);
    });
    const values = bySeed.flatMap((standings) => {
      const own = standings.find(({ detector }) => detector === leader.detector);
      return own ? meanAuroc(own, group) ?? [] : [];
    });
    const first = bySeed.filter(([one]) => one?.detector === leader.detector).length;
    return [
      t.findingSeeds(
        t.groups[group],
        leader.detector,
        format.decimal(Math.min(...values), 3),
        format.decimal(Math.max(...values), 3),
        format.count(first),
        format.count(seeds.length),
      ),
    ];
  });
}

/** The detectors that take a set for more ordinary than what belongs, and the set that most of them do. */
function belowChance(result: OodDetectorsResult, t: Words, format: Format): string[] {
  const { payload } = result;
  const standings = payload.classifiers.flatMap(({ name }) => standingsOf(result, name))
    .filter(({ detector }) => sighted(result).has(detector));
  const below = standings.flatMap(({ classifier, detector, aurocs }) =>
    aurocs.filter(({ auroc }) => auroc < 0.5).map(({ set }) => ({ classifier, detector, set }))
  );
  if (below.length === 0) return [];
  const detectorsOf = (found: typeof below) => new Set(found.map(({ detector }) => detector));
  const most = allLeast(
    [...Map.groupBy(below, ({ set }) => set)],
    ([, found]) => -detectorsOf(found).size,
  );
  const [[set, found]] = most;
  const there = (one: LeaderboardScore) =>
    found.some(({ classifier, detector }) =>
      one.classifier === classifier && one.detector === detector && one.set === set
    );
  const shares = payload.scores.filter(there).map(({ oodAboveMedian }) => oodAboveMedian);
  const lengths = payload.lengths.filter((one) => one.set === set);
  return [
    t.findingBelow(
      format.count(detectorsOf(below).size),
      format.list(most.map(([one]) => t.setNamed(t.sets[one]))),
      format.count(detectorsOf(found).size),
      most.length === 1,
      t.sets[set],
      format.percent(Math.min(...shares), 0),
      format.percent(Math.max(...shares), 0),
    ),
    turnedRound(standings, t, format),
    ...lengths.length === 0 ? [] : [
      t.findingLength(
        t.sets[set],
        format.list(
          lengths.map(({ classifier, ratio }) =>
            t.lengthPart(format.decimal(ratio), t.classifiers[classifier])
          ),
        ),
      ),
    ],
  ];
}

/** Says whether scores turned round would mend the detectors below 0.5: not those that tell another set as they are. */
function turnedRound(standings: readonly Standing[], t: Words, format: Format): string {
  const nowhereRight = standings.filter(({ aurocs }) =>
    aurocs.some(({ auroc }) => auroc < 0.5) &&
    aurocs.every(({ interval }) => interval === null || interval.low <= 0.5)
  );
  if (nowhereRight.length === 0) return t.findingRightElsewhere;
  const names = nowhereRight.map(({ detector, classifier }) =>
    t.detectorOn(detector, t.classifiers[classifier])
  );
  return t.findingNowhereRight(format.list(names));
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
    ...isSettledAfterLooking(best) ? [t.findingOtherSettled(best)] : [],
  ];
}

function hardest(result: OodDetectorsResult, t: Words, format: Format): string {
  const bests = bestOfSets(result);
  const lowest = minimumBy(bests, ({ auroc }) => auroc);
  const level = bests.filter((one) =>
    one !== lowest && compareIntervals(lowest.interval, one.interval) === "open"
  );
  return t.findingHardest(
    t.sets[lowest.set],
    format.decimal(lowest.auroc, 3),
    lowest.detector,
    format.list(level.map(({ set }) => t.sets[set])),
  );
}

function threshold(result: OodDetectorsResult, t: Words, format: Format): string {
  const achieved = result.payload.scores.filter(({ detector }) => sighted(result).has(detector))
    .map((one) => one.achievedTpr);
  return t.findingThreshold(
    format.percent(Math.min(...achieved)),
    format.percent(Math.max(...achieved)),
  );
}

/** The answer of the experiment, in a number and a sentence: that of the first group, with the best of the others. */
export function headline(
  result: OodDetectorsResult,
  t: Words,
  format: Format,
): Answer | undefined {
  const [first, ...further] = groupsOf(result).flatMap((group) => {
    const rivals = rivalsOf(result, group);
    return rivals ? [{ group, ...rivals, value: meanAuroc(rivals.leader, group)! }] : [];
  });
  if (first === undefined) return undefined;
  const interval = widestInterval(first.leader, first.group);
  const uncertainty = [
    ...interval === null ? [] : [t.widestInterval(rangeText(interval, format))],
    ...first.level.length === 0
      ? []
      : [t.reached(format.count(first.level.length), format.count(first.others.length))],
    ...result.payload.seeds.length === 1 ? [t.oneSeed] : [],
  ];
  return {
    number: format.decimal(first.value, 3),
    sentence: t.headline(
      first.leader.detector,
      format.count(aurocsIn(first.leader, first.group).length),
      t.groups[first.group],
      further.map(({ group, leader, value }) =>
        t.bestPart(t.groups[group], leader.detector, format.decimal(value, 3))
      ).join(""),
    ),
    uncertainty: uncertainty.length === 0 ? undefined : uncertainty.join("; "),
  };
}
