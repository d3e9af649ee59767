import {
  type Answer,
  classNamesOf,
  type Format,
  type Span,
  spanOf,
} from "@mixtape/report-site/components";
import { type AtClusters, type Choice, chooseClusters, clustersText } from "../cluster_choice.ts";
import { notConverged } from "../not_converged.ts";
import type { ClustersRun, KMeansClustersResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The ways to choose a number of clusters without classes, and the agreement with classes. */
export type Criterion = "silhouette" | "elbow" | "ami";

/** Choices of the criteria, and the number of classes. */
export interface Choices extends Readonly<Record<Criterion, Choice>> {
  /** The number of classes. */
  readonly classes: number;
}

/** The seeds, in the order of their runs. */
export function seedsOf({ payload: { runs } }: KMeansClustersResult): number[] {
  return [...new Set(runs.map(({ seed }) => seed))];
}

/** The numbers of clusters that were tried, ascending. */
export function triedClusters({ payload: { runs } }: KMeansClustersResult): number[] {
  return [...new Set(runs.map(({ clusters }) => clusters))].sort((a, b) => a - b);
}

/**
 * Inertia per image and pixel, in squared grey levels.
 *
 * @param result The result.
 * @param inertia Inertia of a run in it.
 */
export function perPixel(
  { payload: { rows }, data }: KMeansClustersResult,
  inertia: number,
): number {
  const images = data.find((one) => one.kind === "images");
  const { height, width } = images?.imageShape ?? { height: 1, width: 1 };
  return inertia / (rows * height * width);
}

/** Summarises a value of the runs over the seeds, for each number of clusters. */
export function overSeeds(
  result: KMeansClustersResult,
  value: (run: ClustersRun) => number,
): AtClusters[] {
  const { runs } = result.payload;
  return triedClusters(result).map((clusters) => ({
    clusters,
    ...spanOf(runs.filter((run) => run.clusters === clusters).map(value)),
  }));
}

/**
 * Summarises the second differences of inertia per image and pixel over the seeds, for each number of clusters whose
 * two neighbours were tried with the same seed.
 */
export function secondDifferences(result: KMeansClustersResult): AtClusters[] {
  const inertia = new Map(
    result.payload.runs.map((
      run,
    ) => [`${run.seed} ${run.clusters}`, perPixel(result, run.inertia)]),
  );
  return triedClusters(result).flatMap((clusters) => {
    const values = seedsOf(result).flatMap((seed) => {
      const [before, at, after] = [-1, 0, 1].map((step) =>
        inertia.get(`${seed} ${clusters + step}`)
      );
      if (before === undefined || at === undefined || after === undefined) return [];
      return [before - 2 * at + after];
    });
    return values.length === 0 ? [] : [{ clusters, ...spanOf(values) }];
  });
}

/** Returns what the criteria choose; nothing where too few numbers of clusters were tried for an elbow. */
export function choicesOf(result: KMeansClustersResult): Choices | undefined {
  const elbow = secondDifferences(result);
  if (elbow.length === 0) return undefined;
  return {
    silhouette: chooseClusters(overSeeds(result, (run) => run.silhouette)),
    elbow: chooseClusters(elbow),
    ami: chooseClusters(overSeeds(result, (run) => run.ami)),
    classes: classNamesOf(result).length,
  };
}

/** Findings of the experiment `kmeans-clusters`, a sentence each. */
export function findKMeansClusters(
  result: KMeansClustersResult,
  t: Words,
  format: Format,
): string[] {
  const choices = choicesOf(result);
  if (choices === undefined) return [];
  const { silhouette, elbow } = choices;
  return [
    chosen(result, t.findingSilhouette, silhouette, t, format.decimal, format),
    chosen(result, t.findingElbow, elbow, t, format.significant, format),
    t.findingClasses(
      format.count(choices.classes),
      t.verdicts.silhouette[verdict(silhouette, choices.classes)],
      t.verdicts.elbow[verdict(elbow, choices.classes)],
    ),
    agreement(result, choices, t, format),
    ...weakStructure(result, t, format),
    ...fallingInertia(result, t, format),
    ...notConverged(result.payload.runs, t.findingNotConverged, format),
  ];
}

function chosen(
  result: KMeansClustersResult,
  say: (clusters: string, value: string, spread: string) => string,
  choice: Choice,
  t: Words,
  write: (value: number, digits: number) => string,
  format: Format,
): string {
  const { clusters, edge } = choice;
  const three = (value: number) => write(value, 3);
  const seeds = seedsOf(result).length;
  return [
    say(format.count(clusters), three(choice.mean), spreadText(choice, seeds, three, t, format)),
    certainty(choice, seeds, t, format),
    ...(edge ? [t.edges[edge]] : []),
  ].join(" ");
}

function spreadText(
  { low, high }: Span,
  seeds: number,
  write: (value: number) => string,
  t: Words,
  format: Format,
): string {
  return seeds === 1 ? t.oneSeed : t.overSeeds(write(low), write(high), format.count(seeds));
}

function certainty({ rivals }: Choice, seeds: number, t: Words, format: Format): string {
  if (seeds === 1) return t.findingUnknown;
  return rivals.length === 0
    ? t.findingClear
    : t.findingOpen(clustersText(rivals, format), format.isSingular(rivals.length));
}

function verdict({ clusters, rivals }: Choice, classes: number): "chosen" | "open" | "missed" {
  if (clusters === classes) return rivals.length === 0 ? "chosen" : "open";
  return rivals.includes(classes) ? "open" : "missed";
}

function agreement(
  result: KMeansClustersResult,
  { ami, classes }: Choices,
  t: Words,
  format: Format,
): string {
  const best = chosen(result, t.findingAmi, ami, t, format.decimal, format);
  const atClasses = overSeeds(result, (run) => run.ami).find((one) => one.clusters === classes);
  if (atClasses === undefined || ami.clusters === classes) return best;
  const three = (value: number) => format.decimal(value, 3);
  const spread = spreadText(atClasses, seedsOf(result).length, three, t, format);
  return `${best} ${t.findingAmiAtClasses(format.count(classes), three(atClasses.mean), spread)}`;
}

/** Mean silhouettes below this show no substantial structure, by Kaufman and Rousseeuw (1990). */
const weak = 0.25;

function weakStructure(result: KMeansClustersResult, t: Words, format: Format): string[] {
  const highest = Math.max(...result.payload.runs.map((run) => run.silhouette));
  return highest < weak ? [t.findingWeak(format.decimal(highest, 3), format.decimal(weak))] : [];
}

function fallingInertia(result: KMeansClustersResult, t: Words, format: Format): string[] {
  const curve = overSeeds(result, (run) => run.inertia);
  const falls = curve.every((one, at) => at === 0 || one.mean < curve[at - 1].mean);
  if (!falls) return [];
  const [first, last] = [curve[0], curve[curve.length - 1]];
  return [
    t.findingInertia(
      format.count(first.clusters),
      format.count(last.clusters),
      format.percent(1 - last.mean / first.mean),
    ),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(
  result: KMeansClustersResult,
  t: Words,
  format: Format,
): Answer | undefined {
  const choices = choicesOf(result);
  if (choices === undefined) return undefined;
  const { silhouette, elbow, classes } = choices;
  return {
    number: format.count(silhouette.clusters),
    sentence: t.headline(format.count(elbow.clusters), format.count(classes)),
    uncertainty: uncertainty(choices, seedsOf(result).length, t, format),
  };
}

function uncertainty(choices: Choices, seeds: number, t: Words, format: Format): string {
  if (seeds === 1) return t.headlineOneSeed;
  const open = (["silhouette", "elbow"] as const).flatMap((criterion) => {
    const { rivals } = choices[criterion];
    return rivals.length === 0 ? [] : [t.headlineOpen[criterion](clustersText(rivals, format))];
  });
  return open.length === 0
    ? t.headlineClear(format.count(seeds))
    : t.headlineUnsettled(format.count(seeds), format.list(open));
}
