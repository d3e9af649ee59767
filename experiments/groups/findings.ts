import { type Answer, type Format, spanOf } from "@mixtape/report-site/components";
import { type AtClusters, type Choice, chooseClusters, clustersText } from "../cluster_choice.ts";
import { countText } from "../count_text.ts";
import type { GroupsResult, MixtureTrial } from "./result.ts";
import type { Words } from "./words/en.ts";

/** A mixture with a criterion. */
export type FittedTrial = MixtureTrial & { readonly bic: number };

/** Mean silhouettes over the seeds, by number of clusters; only those that every seed has. */
export function silhouetteCurve({ payload }: GroupsResult): AtClusters[] {
  return payload.clusterings.filter(({ silhouettes }) => silhouettes.length === payload.seeds)
    .map(({ clusters, silhouettes }) => ({ clusters, ...spanOf(silhouettes) }));
}

/** Agreement between the seeds, by number of clusters; none for one seed. */
export function agreementCurve({ payload }: GroupsResult): AtClusters[] {
  return payload.clusterings.filter(({ agreements }) => agreements.length > 0)
    .map(({ clusters, agreements }) => ({ clusters, ...spanOf(agreements) }));
}

/** The number of clusters that silhouette chooses; nothing if it chooses none. */
export function clusterChoice(result: GroupsResult): Choice | undefined {
  const curve = silhouetteCurve(result);
  return curve.length === 0 ? undefined : chooseClusters(curve);
}

/** Mixtures that compete, the lowest criterion first: those with a component that has shrunk only if all have. */
export function rankedTrials({ payload }: GroupsResult): FittedTrial[] {
  const fitted = payload.trials.filter((trial): trial is FittedTrial => trial.bic !== null)
    .toSorted((a, b) => a.bic - b.bic);
  const sound = fitted.filter(({ isShrunken }) => !isShrunken);
  return sound.length > 0 ? sound : fitted;
}

/** Name of a cluster, as the files of rows number it. */
export function clusterName(at: number, t: Words, format: Format): string {
  return t.clusterName(format.count(at + 1));
}

/** Returns the findings of the experiment `groups`, one sentence each. */
export function findGroups(result: GroupsResult, t: Words, format: Format): string[] {
  return [
    ...clustersFound(result, t, format),
    mixtureFound(result, t, format),
    ...agreementFound(result, t, format),
    ...columnsFound(result, t, format),
    ...gapsFound(result, t, format),
    ...classesFound(result, t, format),
  ];
}

/** Largest share of sets, these rows included, that may reach a silhouette which shows more than one Gaussian. */
const LEVEL = 0.05;

/** Returns the chance of so high a silhouette if rows came from one Gaussian; nothing without a comparison. */
export function chanceOfSilhouette({ payload: { oneGaussian } }: GroupsResult): number | undefined {
  return oneGaussian === null ? undefined : (oneGaussian.reached + 1) / (oneGaussian.sets + 1);
}

function clustersFound(result: GroupsResult, t: Words, format: Format): string[] {
  const choice = clusterChoice(result);
  if (choice === undefined) return [t.findingNoClusters];
  const { clusters, mean, edge } = choice;
  const three = (value: number) => format.decimal(value, 3);
  const { payload: { seeds } } = result;
  const found = t.findingSilhouette(
    countText(clusters, t.clustersText, format),
    three(mean),
    seeds === 1
      ? t.oneSeed
      : t.overSeeds(three(choice.low), three(choice.high), format.count(seeds)),
  );
  const parts = [found, certainty(choice, seeds, t, format), ...(edge ? [t.edges[edge]] : [])];
  return [parts.join(" "), ...comparisonFound(result, t, format)];
}

function comparisonFound(result: GroupsResult, t: Words, format: Format): string[] {
  const { oneGaussian } = result.payload;
  if (oneGaussian === null) return [];
  const { rows, silhouette, sets, reached } = oneGaussian;
  const chance = chanceOfSilhouette(result)!;
  return [
    t.findingOneGaussian(
      format.count(rows),
      format.decimal(silhouette, 3),
      format.count(reached),
      format.count(sets),
      format.decimal(chance),
      chance <= LEVEL,
    ),
  ];
}

function certainty({ rivals }: Choice, seeds: number, t: Words, format: Format): string {
  if (seeds === 1) return t.findingUnknown;
  return rivals.length === 0
    ? t.findingClear
    : t.findingOpen(clustersText(rivals, format), format.isSingular(rivals.length));
}

/** Differences of BIC below this are not strong evidence, by Kass and Raftery (1995). */
const STRONG = 6;

function mixtureFound(result: GroupsResult, t: Words, format: Format): string {
  const { mixture: { covariance, weights }, trials } = result.payload;
  const components = weights.length;
  const ranked = rankedTrials(result);
  const own = ranked.find((one) => one.components === components && one.covariance === covariance);
  const next = ranked.find((one) => one.components !== components);
  const shrunken = trials.filter(({ isShrunken }) => isShrunken).length;
  const largest = Math.max(...trials.map((one) => one.components));
  return [
    t.findingBic(countText(components, t.componentsText, format), t.shapes[covariance]),
    ...components === 1 ? [t.findingOneComponent] : [],
    ...components === largest && components > 1 ? [t.edges.largest] : [],
    ...own && next
      ? [
        t.findingNext(
          countText(next.components, t.componentsText, format),
          format.decimal(next.bic - own.bic, 1),
        ),
        ...next.bic - own.bic < STRONG ? [t.findingClose(format.count(STRONG))] : [],
      ]
      : [],
    ...shrunken > 0 ? [t.findingShrunken(format.count(shrunken), format.count(trials.length))] : [],
  ].join(" ");
}

function agreementFound(result: GroupsResult, t: Words, format: Format): string[] {
  const { clusters, mixture: { agreements, agreementWithClusters, weights } } = result.payload;
  const three = (value: number) => format.decimal(value, 3);
  const told = (of: { mean: number; low: number; high: number }) =>
    [three(of.mean), three(of.low), three(of.high)] as const;
  const own = agreementCurve(result).find((one) => one.clusters === clusters.length);
  return [
    ...own
      ? [t.findingStable(countText(clusters.length, t.clustersText, format), ...told(own))]
      : [],
    ...agreements.length > 0
      ? [
        t.findingMixtureStable(
          countText(weights.length, t.componentsText, format),
          ...told(spanOf(agreements)),
        ),
      ]
      : [],
    ...clusters.length > 1 && weights.length > 1
      ? [t.findingBoth(three(agreementWithClusters))]
      : [],
  ];
}

function columnsFound(result: GroupsResult, t: Words, format: Format): string[] {
  const { clusters } = result.payload;
  // A column with a single value has no variance to share.
  const profiles = result.payload.profiles.filter(({ share }) => share > 0);
  if (clusters.length < 2 || profiles.length < 2) return [];
  const first = profiles.slice(0, 3).map(({ name, share }) =>
    t.columnShare(name, format.percent(share))
  );
  return [t.findingColumns(format.list(first))];
}

function gapsFound({ data: [own] }: GroupsResult, t: Words, format: Format): string[] {
  const share = own.missing / (own.rows * own.columns);
  return share === 0 ? [] : [t.findingFilled(format.percent(share))];
}

function classesFound(result: GroupsResult, t: Words, format: Format): string[] {
  const { classes } = result.payload;
  if (classes === null) return [];
  const three = (value: number) => format.decimal(value, 3);
  const { clusters, components } = classes;
  return [
    t.findingClasses(
      three(clusters.ami),
      three(clusters.ari),
      three(components.ami),
      three(components.ari),
    ),
  ];
}

/** The answer of the experiment, in a number and a sentence. */
export function headline(result: GroupsResult, t: Words, format: Format): Answer {
  const { clusters, mixture: { weights }, seeds } = result.payload;
  const components = countText(weights.length, t.componentsText, format);
  const choice = clusterChoice(result);
  const chance = chanceOfSilhouette(result);
  const showsMore = chance !== undefined && chance <= LEVEL;
  if (!showsMore && weights.length === 1) {
    return { number: format.count(1), sentence: t.headlineOne, uncertainty: t.headlineOneLevel };
  }
  return {
    number: format.count(clusters.length),
    sentence: choice ? t.headline(components) : t.headlineNone(components),
    uncertainty: !choice || seeds === 1
      ? t.headlineUnknown
      : !showsMore
      ? t.headlineNoMore
      : choice.rivals.length === 0
      ? t.headlineClear(format.count(seeds))
      : t.headlineOpen(format.count(seeds), clustersText(choice.rivals, format)),
  };
}
