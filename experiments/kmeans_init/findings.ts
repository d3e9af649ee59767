import {
  type Answer,
  classNamesOf,
  type Format,
  maximumBy,
  median,
  minimumBy,
  spanOf,
} from "@mixtape/report-site/components";
import { compareRuns, runsSuffice } from "../compare.ts";
import { notConverged } from "../not_converged.ts";
import { untied } from "../untied.ts";
import type { KMeansInitResult, KMeansRepresentative, KMeansRun, KMeansStart } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The colour of each start, from the palette. */
export const startColours: Readonly<Record<KMeansStart, number>> = {
  "random": 1,
  "k-means++": 2,
  "class-means": 3,
};

/** The starts that were run, in the order of the representatives. */
export function startsOf(result: KMeansInitResult): KMeansStart[] {
  return result.payload.representatives.map((one) => one.start);
}

/** The runs from one start. */
export function runsFrom(result: KMeansInitResult, start: KMeansStart): readonly KMeansRun[] {
  return result.payload.runs.filter((run) => run.start === start);
}

/** The run that a representative stands for. */
export function runOf(result: KMeansInitResult, { start, seed }: KMeansRepresentative): KMeansRun {
  const runs = runsFrom(result, start);
  return runs.find((run) => run.seed === seed) ?? minimumBy(runs, (run) => run.inertia);
}

/** The representative with the lowest inertia of all, whose clusters the others are matched with. */
export function bestRepresentative(result: KMeansInitResult): KMeansRepresentative {
  return minimumBy(result.payload.representatives, (one) => runOf(result, one).inertia);
}

/**
 * Inertia per image and pixel, as a root: by so many grey levels a pixel differs from that of its centroid, in the root
 * mean square.
 *
 * @param result The result.
 * @param inertia Inertia of a run in it.
 */
export function greyLevels(result: KMeansInitResult, inertia: number): number {
  const [{ clusterSizes, centroids: { tile } }] = result.payload.representatives;
  const rows = clusterSizes.reduce((sum, size) => sum + size, 0);
  return Math.sqrt(inertia / (rows * tile.width * tile.height));
}

/** Share of images in common from which on a cluster is said to come out again: more than half of those in either. */
const again = 0.5;

/** Returns the findings of the experiment `kmeans-init`, one sentence each. */
export function findKMeansInit(result: KMeansInitResult, t: Words, format: Format): string[] {
  const best = bestRepresentative(result);
  const run = runOf(result, best);
  const quality = t.findingGrouped(
    format.percent(run.purity),
    t.startsInProse[best.start],
    format.decimal(run.nmi),
    format.decimal(run.ari),
  );
  return [
    quality,
    ...worstClasses(result, best, t, format),
    ...failingClasses(result, t, format),
    ...sharedClasses(result, best, t, format),
    ...clustersAgain(result, best, t, format),
    ...purityOfMeans(result, t, format),
    ...startsOf(result).map((start) => iterations(result, start, t, format)),
    ...lowestInertia(result, best, t, format),
    ...plusPlus(result, t, format),
    ...notConverged(result.payload.runs, t.findingNotConverged, format),
  ];
}

function worstClasses(
  result: KMeansInitResult,
  best: KMeansRepresentative,
  t: Words,
  format: Format,
): string[] {
  const names = classNamesOf(result);
  const ranked = best.classRecall
    .map((recall, index) => ({ recall, name: names[index] }))
    .sort((a, b) => a.recall - b.recall);
  const worst = untied(ranked, 3, ({ recall }) => -recall);
  if (worst.length === 0) return [];
  return [
    t.findingWorst(
      format.list(worst.map(({ name, recall }) => `${name} (${format.percent(recall, 0)})`)),
      worst.length === 1,
    ),
  ];
}

/** The classes of which the best run from no start finds half. */
function failingClasses(result: KMeansInitResult, t: Words, format: Format): string[] {
  const { representatives } = result.payload;
  if (representatives.length < 2) return [];
  const failing = classNamesOf(result).filter((_, index) =>
    representatives.every(({ classRecall }) => classRecall[index] < 0.5)
  );
  return [failing.length === 0 ? t.findingNoneFail : t.findingFail(format.list(failing))];
}

function sharedClasses(
  result: KMeansInitResult,
  best: KMeansRepresentative,
  t: Words,
  format: Format,
): string[] {
  const names = classNamesOf(result);
  const pairs = best.sharedClusters.slice(0, 3).map(({ classes: [a, b], counts }) =>
    t.findingPair(names[a], names[b], format.count(counts[0]), format.count(counts[1]))
  );
  return pairs.length === 0 ? [] : [t.findingShared(format.list(pairs))];
}

/** Counts the clusters of the best run that come out from the other starts as well. */
function clustersAgain(
  { payload: { representatives } }: KMeansInitResult,
  best: KMeansRepresentative,
  t: Words,
  format: Format,
): string[] {
  const others = representatives.filter((one) => one !== best).map(({ start, matches }) =>
    t.findingAgainFrom(
      format.count(matches.filter(({ sharedRows }) => sharedRows > again).length),
      t.startsInProse[start],
    )
  );
  if (others.length === 0) return [];
  const total = format.count(best.matches.length);
  return [t.findingAgain(total, t.startsInProse[best.start], format.list(others))];
}

/** The class means know the answer: their clusters beside those of all other runs. */
function purityOfMeans(result: KMeansInitResult, t: Words, format: Format): string[] {
  const [means] = runsFrom(result, "class-means").map((run) => run.purity);
  const others = result.payload.runs.filter(({ start }) => start !== "class-means")
    .map((run) => run.purity);
  if (means === undefined || others.length === 0) return [];
  const { low, high } = spanOf(others);
  const sentence = means > high ? t.findingMeansPurer : t.findingMeansAlike;
  return [
    (means < low ? t.findingMeansLessPure : sentence)(
      format.percent(means),
      format.percent(low),
      format.percent(high),
      format.count(others.length),
    ),
  ];
}

function iterations(
  result: KMeansInitResult,
  start: KMeansStart,
  t: Words,
  format: Format,
): string {
  const counts = runsFrom(result, start).map((run) => run.iterations).sort((a, b) => a - b);
  const name = t.startsInProse[start];
  if (counts.length < 3) {
    return t.findingIterationsFew(name, format.list(counts.map(format.count)));
  }
  const middle = median(counts);
  return t.findingIterations(
    name,
    format.decimal(middle, Number.isInteger(middle) ? 0 : 1),
    format.count(counts[0]),
    format.count(counts[counts.length - 1]),
  );
}

/** Share by which two inertias differ that is not worth a word: it is written as 0.000%. */
const level = 5e-6;

function lowestInertia(
  result: KMeansInitResult,
  best: KMeansRepresentative,
  t: Words,
  format: Format,
): string[] {
  const others = result.payload.runs.filter((run) => run.start !== best.start);
  if (others.length === 0) return [];
  const lowest = runOf(result, best).inertia;
  const second = minimumBy(others, (run) => run.inertia);
  const excess = second.inertia / lowest - 1;
  const said = format.significant(greyLevels(result, lowest), 5);
  return [
    excess < level
      ? t.findingLowestLevel(t.startsInProse[best.start], t.startsInProse[second.start], said)
      : t.findingLowest(t.startsInProse[best.start], said, format.percent(excess, 3)),
  ];
}

function plusPlus(result: KMeansInitResult, t: Words, format: Format): string[] {
  const [plus, random] = (["k-means++", "random"] as const).map((start) =>
    runsFrom(result, start).map((run) => run.inertia)
  );
  if (plus.length === 0 || random.length === 0) return [];
  const [ofPlus, ofRandom] = [plus, random].map((inertias) => {
    const { low, high } = spanOf(inertias);
    const [from, to] = [low, high].map((value) => format.significant(greyLevels(result, value), 5));
    return from === to ? from : t.range(from, to);
  });
  const sentence = {
    less: t.findingPlusPlusLower,
    more: t.findingPlusPlusHigher,
    open: runsSuffice(plus.length, random.length) ? t.findingPlusPlusOpen : t.findingPlusPlusFew,
  }[compareRuns(plus, random)];
  return [sentence(ofPlus, ofRandom)];
}

/** Share of a cluster that is of its majority class. */
export function majorityShare(one: KMeansRepresentative, cluster: number): number {
  const column = one.contingency.map((row) => row[cluster]);
  return maximumBy(column, (count) => count) / Math.max(1, one.clusterSizes[cluster]);
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(result: KMeansInitResult, t: Words, format: Format): Answer {
  const purities = result.payload.runs.map((run) => run.purity);
  const { low, high } = spanOf(purities);
  return {
    number: format.percent(median(purities)),
    sentence: t.headline,
    uncertainty: t.overRuns(
      format.percent(low),
      format.percent(high),
      format.count(purities.length),
    ),
  };
}
