import {
  type Answer,
  classNamesOf,
  type Format,
  maximumBy,
  mean,
  median,
  minimumBy,
} from "@mixtape/report-site/components";
import { notConverged } from "../not_converged.ts";
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

/** The representative with the lowest inertia of all. */
function bestRepresentative(result: KMeansInitResult): KMeansRepresentative {
  return minimumBy(result.payload.representatives, (one) => runOf(result, one).inertia);
}

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
    worstClasses(result, best, t, format),
    ...sharedClasses(result, best, t, format),
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
): string {
  const names = classNamesOf(result);
  const worst = best.classRecall
    .map((recall, index) => ({ recall, name: names[index] }))
    .sort((a, b) => a.recall - b.recall)
    .slice(0, 3);
  return t.findingFail(
    format.list(worst.map(({ name, recall }) => `${name} (${format.percent(recall, 0)})`)),
  );
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

function iterations(
  result: KMeansInitResult,
  start: KMeansStart,
  t: Words,
  format: Format,
): string {
  const counts = runsFrom(result, start).map((run) => run.iterations);
  const middle = median(counts);
  return t.findingIterations(
    t.startsInProse[start],
    format.decimal(middle, Number.isInteger(middle) ? 0 : 1),
    format.count(Math.min(...counts)),
    format.count(Math.max(...counts)),
  );
}

function lowestInertia(
  result: KMeansInitResult,
  best: KMeansRepresentative,
  t: Words,
  format: Format,
): string[] {
  const others = result.payload.runs.filter((run) => run.start !== best.start);
  if (others.length === 0) return [];
  const lowest = runOf(result, best).inertia;
  const second = minimumBy(others, (run) => run.inertia).inertia;
  return [
    t.findingLowest(
      t.startsInProse[best.start],
      format.significant(lowest, 6),
      format.percent(second / lowest - 1, 3),
    ),
  ];
}

function plusPlus(result: KMeansInitResult, t: Words, format: Format): string[] {
  const plus = runsFrom(result, "k-means++").map((run) => run.inertia);
  const random = runsFrom(result, "random").map((run) => run.inertia);
  if (plus.length === 0 || random.length === 0) return [];
  return [
    t.findingPlusPlus(
      format.significant(mean(plus), 5),
      format.significant(mean(random), 5),
      mean(plus) < mean(random),
    ),
  ];
}

/** Clusters in the order of their majority class, the larger first. */
export function clusterOrder(one: KMeansRepresentative): number[] {
  return one.majorityClasses.map((_, cluster) => cluster).sort((a, b) =>
    one.majorityClasses[a] - one.majorityClasses[b] || one.clusterSizes[b] - one.clusterSizes[a]
  );
}

/** Share of a cluster that is of its majority class. */
export function majorityShare(one: KMeansRepresentative, cluster: number): number {
  const column = one.contingency.map((row) => row[cluster]);
  return maximumBy(column, (count) => count) / Math.max(1, one.clusterSizes[cluster]);
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(result: KMeansInitResult, t: Words, format: Format): Answer {
  const best = bestRepresentative(result);
  const purities = result.payload.runs.map((run) => run.purity);
  return {
    number: format.percent(runOf(result, best).purity),
    sentence: t.headline(t.startsInProse[best.start]),
    uncertainty: t.overRuns(
      format.percent(Math.min(...purities)),
      format.percent(Math.max(...purities)),
      format.count(purities.length),
    ),
  };
}
