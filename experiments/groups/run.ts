import {
  adjustedMutualInformation,
  adjustedRandIndex,
  contingencyTable,
  kMeans,
  KMeansModel,
} from "@mixtape/clustering";
import { columnMoments, type Projection } from "@mixtape/datasets/preparation";
import { gaussianMixture, type GaussianMixtureModel } from "@mixtape/mixture";
import type { Sprite } from "@mixtape/results";
import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import { indicesOf } from "../indices_of.ts";
import { defineOwnRun, type OwnContext, type Profile } from "../run/experiment.ts";
import { MOST_CLASSES, type OwnTable } from "../run/own/own_table.ts";
import { referTo } from "../run/own/refer_to.ts";
import { workingSpace } from "../run/own/working_space.ts";
import type { ClassComparison, Cluster, GroupMap, GroupsPayload } from "./result.ts";
import { answerByClusters, answerByMixture, type ClusterAnswers } from "./run/assign.ts";
import { columnProfiles } from "./run/column_profiles.ts";
import { compareWithOneGaussian } from "./run/compare_with_one_gaussian.ts";
import { countDistinct } from "./run/count_distinct.ts";
import { restoreGroups } from "./run/restore_groups.ts";
import { searchClusters } from "./run/search_clusters.ts";
import { searchMixtures } from "./run/search_mixtures.ts";

const shared = {
  rowsPerComponent: 5,
  drawnRows: 400,
  columns: 20,
  regularization: 1e-6,
  patience: 3,
  madeRows: 300,
  madeSets: 19,
};
const profiles = {
  quick: {
    ...shared,
    searchRows: 5000,
    searchCells: 2_000_000,
    silhouetteRows: 1000,
    seeds: 3,
    most: 10,
  },
  full: {
    ...shared,
    searchRows: 50_000,
    searchCells: 20_000_000,
    silhouetteRows: 3000,
    seeds: 5,
    most: 15,
  },
};

type Context = OwnContext<typeof profiles[Profile]>;

/** Most classes whose rows are counted cluster by cluster. */
const MOST_COUNTED_CLASSES = 30;

/** Runs the experiment: the groups of a table by k-means and by mixtures, and what tells them apart. */
export const run = defineOwnRun({
  answers: "Which groups do the rows form, by silhouette and by BIC, and what tells them apart?",
  seconds: 30,
  needs: { rows: 10 },
  profiles,
  restore: (models) => Promise.resolve(restoreGroups(models)),
  async run(context): Promise<GroupsPayload> {
    const { table, parameters, seed, signal, stage, update, column, model } = context;
    const { prepared } = table;
    const [n, d] = prepared.shape;
    const drawn = random(seed).sample(n, Math.min(n, searchRowsOf(d, parameters))).sort();
    const searched = drawn.length === n ? prepared : takeRows(prepared, drawn);
    const distinct = countDistinct(searched, parameters.most + 1);
    const most = Math.min(parameters.most, distinct);
    const seeds = indicesOf(parameters.seeds).map((i) => seed + i);
    const grid = indicesOf(Math.max(0, Math.min(most, drawn.length - 1) - 1)).map((i) => i + 2);
    const search = await stage("numbers of clusters", () =>
      searchClusters(searched, {
        grid,
        seeds,
        silhouetteRows: parameters.silhouetteRows,
        signal,
        onProgress: (fraction, note) => update(0.3 * fraction, note),
      }));
    const space = await stage("space", () => workingSpace(prepared, { seed, signal }));
    const fitted = drawn.length === n ? space.x : takeRows(space.x, drawn);
    const regularization = parameters.regularization * (variance(fitted) / fitted.shape[1] || 1);
    const mixtures = await stage("mixtures", () =>
      searchMixtures(fitted, {
        grid: indicesOf(
          Math.max(1, Math.min(most, Math.floor(drawn.length / parameters.rowsPerComponent))),
        ).map((i) => i + 1),
        seeds,
        regularization,
        patience: parameters.patience,
        signal,
        onProgress: (fraction, note) => update(0.3 + 0.4 * fraction, note),
      }));
    const oneGaussian = await stage("one Gaussian", () => {
      update(0.7, "rows made up from one Gaussian");
      return compareWithOneGaussian(fitted, {
        grid,
        rows: parameters.madeRows,
        sets: parameters.madeSets,
        regularization,
        seed,
        signal,
      });
    });
    return await stage("all rows", async () => {
      update(0.9, "all rows");
      using clusters = await fitClusters(prepared, search.start, context);
      using mixture = await fitMixture(space.x, mixtures.model, regularization, context);
      const byClusters = await answerByClusters(clusters, prepared);
      const byMixture = await answerByMixture(mixture, space.x);
      for (const [name, values] of Object.entries({ ...byClusters, ...byMixture })) {
        column(name, values);
      }
      model("clusters", clusters);
      model("mixture", mixture);
      if (space.projection !== null) model("projection", space.projection);
      const rows = rowsOf(byClusters.cluster, clusters.centroids.shape[0]);
      const { weights, covariance } = mixture;
      return {
        searchRows: drawn.length,
        silhouetteRows: Math.min(drawn.length, parameters.silhouetteRows),
        seeds: seeds.length,
        clusterings: search.clusterings,
        oneGaussian,
        dimensions: space.x.shape[1],
        varianceShare: space.projection === null ? 1 : shareOf(variance(space.x), prepared),
        trials: mixtures.trials,
        patience: parameters.patience,
        mixture: {
          covariance,
          weights: [...weights],
          agreements: mixtures.agreements,
          agreementWithClusters: adjustedRandIndex(byMixture.component, byClusters.cluster),
        },
        clusters: describeClusters(table, rows, byClusters),
        profiles: table.imageShape === null
          ? columnProfiles(table.raw, table.columns, rows, parameters.columns)
          : [],
        map: await mapOf(context, space.plane, byClusters.cluster),
        classes: compareClasses(table, byClusters.cluster, byMixture.component),
        centroids: drawCentroids(context, rows),
      };
    });
  },
});

/** Returns the number of rows to search on: fewer where a row has many columns, but a thousand in any case. */
function searchRowsOf(d: number, { searchRows, searchCells }: Context["parameters"]): number {
  return Math.min(searchRows, Math.max(1000, Math.floor(searchCells / d)));
}

/** Fits the chosen clusters to all rows, and puts the largest first; one cluster if silhouette chose none. */
async function fitClusters(
  x: HostMatrix,
  start: HostMatrix | null,
  { seed, signal }: Context,
): Promise<KMeansModel> {
  const clusters = start?.shape[0] ?? 1;
  const model = await kMeans(x, { clusters, init: start ?? "k-means++", seed, signal });
  const { centroids, labels, clusterSizes } = model;
  const order = indicesOf(clusters).sort((a, b) => clusterSizes[b] - clusterSizes[a] || a - b);
  const { inertia, inertiaHistory, iterations, converged } = model;
  return new KMeansModel({
    centroids: takeRows(centroids, order) as typeof centroids,
    labels: labels.map((label) => order.indexOf(label)),
    inertia,
    inertiaHistory,
    iterations,
    converged,
  });
}

/** Fits the chosen mixture to all rows, starting from its fit to the drawn ones. */
async function fitMixture(
  x: HostMatrix,
  init: GaussianMixtureModel,
  regularization: number,
  { signal }: Context,
): Promise<GaussianMixtureModel> {
  const { components, covariance } = init;
  return await gaussianMixture(x, { components, covariance, init, regularization, signal });
}

/** Sums the variances of the columns. */
function variance(x: HostMatrix): number {
  return columnMoments(x).variances.reduce((sum, variance) => sum + variance, 0);
}

/** Returns a variance as a share of that of rows; 0 where they have none. */
function shareOf(part: number, rows: HostMatrix): number {
  const all = variance(rows);
  return all > 0 ? Math.min(1, part / all) : 0;
}

/** Lists the rows of each cluster. */
function rowsOf(cluster: Int32Array, count: number): Uint32Array[] {
  const sizes = new Uint32Array(count);
  for (const one of cluster) sizes[one - 1]++;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  cluster.forEach((one, row) => rows[one - 1][sizes[one - 1]++] = row);
  return rows;
}

function describeClusters(
  table: OwnTable,
  rows: readonly Uint32Array[],
  { cluster_distance }: ClusterAnswers,
): Cluster[] {
  return rows.map((own) => {
    let nearest = own[0];
    let sum = 0;
    for (const row of own) {
      sum += cluster_distance[row] ** 2;
      if (cluster_distance[row] < cluster_distance[nearest]) nearest = row;
    }
    return {
      rows: own.length,
      spread: Math.sqrt(sum / own.length),
      nearest: referTo(table, nearest),
    };
  });
}

/** Brings rows into the plane of the first two principal components, and draws some of them. */
async function mapOf(
  { table: { prepared }, parameters: { drawnRows }, seed }: Context,
  plane: Projection,
  cluster: Int32Array,
): Promise<GroupMap> {
  const n = prepared.shape[0];
  const x = await plane.apply(prepared);
  const { variances } = columnMoments(x);
  const { values, shape: [, k] } = x;
  const drawn = [...random(seed).sample(n, Math.min(n, drawnRows)).sort()];
  return {
    shares: [variances[0], variances[1] ?? 0].map((variance) => shareOf(variance, prepared)),
    x: drawn.map((row) => values[row * k]),
    y: drawn.map((row) => k > 1 ? values[row * k + 1] : 0),
    cluster: drawn.map((row) => cluster[row] - 1),
  };
}

function compareClasses(
  { labels, classNames }: OwnTable,
  cluster: Int32Array,
  component: Int32Array,
): ClassComparison | null {
  if (labels === null || classNames.length < 2 || classNames.length > MOST_CLASSES) return null;
  const compare = (division: Int32Array) => ({
    ari: adjustedRandIndex(labels, division),
    ami: adjustedMutualInformation(labels, division),
  });
  const isCounted = classNames.length <= MOST_COUNTED_CLASSES;
  return {
    clusters: compare(cluster),
    components: compare(component),
    counts: isCounted ? countByClass(labels, cluster, classNames.length) : null,
  };
}

/** Counts the rows of each class in each cluster. */
function countByClass(labels: Int32Array, cluster: Int32Array, classes: number): number[][] {
  const { cells, clusters, classes: present } = contingencyTable(labels, cluster);
  const counts = indicesOf(classes).map(() => clusters.map(() => 0));
  cells.counts.forEach((count, cell) =>
    counts[present[cells.classes[cell]]][cells.clusters[cell]] = count
  );
  return counts;
}

/** Draws the mean image of each cluster. */
function drawCentroids(
  { table: { raw, imageShape }, image }: Context,
  rows: readonly Uint32Array[],
): Sprite | null {
  if (imageShape === null) return null;
  const { height, width, channels } = imageShape;
  const values = rows.flatMap((own) => [...columnMoments(takeRows(raw, own)).means]);
  const shape = { height, width };
  return image("centroids", { values, shape, channels: channels === 3 ? 3 : 1, maxValue: 255 });
}
