import type { KMeansRepresentative, KMeansRun, KMeansStart, ResultOf } from "@mixtape/results";
import { classNamesOf } from "../class_names.ts";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import { maximumBy, mean, median, minimumBy } from "../statistics.ts";

type InitResult = ResultOf<"kmeans-init">;

/** The colour of each start, from the palette. */
export const startColours: Readonly<Record<KMeansStart, number>> = {
  "random": 1,
  "k-means++": 2,
  "class-means": 3,
};

/** The starts that were run, in the order of the representatives. */
export function startsOf(result: InitResult): KMeansStart[] {
  return result.payload.representatives.map((one) => one.start);
}

/** The runs from one start. */
export function runsFrom(result: InitResult, start: KMeansStart): readonly KMeansRun[] {
  return result.payload.runs.filter((run) => run.start === start);
}

/** The run that a representative stands for. */
export function runOf(result: InitResult, { start, seed }: KMeansRepresentative): KMeansRun {
  const runs = runsFrom(result, start);
  return runs.find((run) => run.seed === seed) ?? minimumBy(runs, (run) => run.inertia);
}

/** The representative with the lowest inertia of all. */
export function bestRepresentative(result: InitResult): KMeansRepresentative {
  return minimumBy(result.payload.representatives, (one) => runOf(result, one).inertia);
}

/** What the experiment `kmeans-init` found, a sentence each. */
export function findKMeansInit(result: InitResult, text: Catalogue, format: Format): string[] {
  const t = text.kmeans;
  const best = bestRepresentative(result);
  const run = runOf(result, best);
  const quality = t.foundGrouped(
    format.percent(run.purity),
    t.startsInProse[best.start],
    format.decimal(run.nmi),
    format.decimal(run.ari),
  );
  return [
    quality,
    worstClasses(result, best, text, format),
    ...sharedClasses(result, best, text, format),
    ...startsOf(result).map((start) => iterations(result, start, text, format)),
    ...lowestInertia(result, best, text, format),
    ...plusPlus(result, text, format),
    ...notConverged(result, text, format),
  ];
}

function worstClasses(
  result: InitResult,
  best: KMeansRepresentative,
  text: Catalogue,
  format: Format,
): string {
  const names = classNamesOf(result);
  const worst = best.classRecall
    .map((recall, index) => ({ recall, name: names[index] }))
    .sort((a, b) => a.recall - b.recall)
    .slice(0, 3);
  return text.kmeans.foundFail(
    format.list(worst.map(({ name, recall }) => `${name} (${format.percent(recall, 0)})`)),
  );
}

function sharedClasses(
  result: InitResult,
  best: KMeansRepresentative,
  text: Catalogue,
  format: Format,
): string[] {
  const names = classNamesOf(result);
  const pairs = best.sharedClusters.slice(0, 3).map(({ classes: [a, b], counts }) =>
    text.kmeans.foundPair(names[a], names[b], format.count(counts[0]), format.count(counts[1]))
  );
  return pairs.length === 0 ? [] : [text.kmeans.foundShared(format.list(pairs))];
}

function iterations(
  result: InitResult,
  start: KMeansStart,
  text: Catalogue,
  format: Format,
): string {
  const counts = runsFrom(result, start).map((run) => run.iterations);
  const middle = median(counts);
  return text.kmeans.foundIterations(
    text.kmeans.startsInProse[start],
    format.decimal(middle, Number.isInteger(middle) ? 0 : 1),
    format.count(Math.min(...counts)),
    format.count(Math.max(...counts)),
  );
}

function lowestInertia(
  result: InitResult,
  best: KMeansRepresentative,
  text: Catalogue,
  format: Format,
): string[] {
  const others = result.payload.runs.filter((run) => run.start !== best.start);
  if (others.length === 0) return [];
  const lowest = runOf(result, best).inertia;
  const second = minimumBy(others, (run) => run.inertia).inertia;
  return [
    text.kmeans.foundLowest(
      text.kmeans.startsInProse[best.start],
      format.significant(lowest, 6),
      format.percent(second / lowest - 1, 3),
    ),
  ];
}

function plusPlus(result: InitResult, text: Catalogue, format: Format): string[] {
  const plus = runsFrom(result, "k-means++").map((run) => run.inertia);
  const random = runsFrom(result, "random").map((run) => run.inertia);
  if (plus.length === 0 || random.length === 0) return [];
  return [
    text.kmeans.foundPlusPlus(
      format.significant(mean(plus), 5),
      format.significant(mean(random), 5),
      mean(plus) < mean(random),
    ),
  ];
}

function notConverged(result: InitResult, text: Catalogue, format: Format): string[] {
  const { runs } = result.payload;
  const stopped = runs.filter((run) => !run.converged).length;
  if (stopped === 0) return [];
  return [text.kmeans.foundNotConverged(format.count(stopped), format.count(runs.length))];
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
