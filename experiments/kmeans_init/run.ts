import {
  adjustedRandIndex,
  contingencyTable,
  kMeans,
  normalizedMutualInformation,
  perClassRecall,
  purity,
} from "@mixtape/clustering";
import { squaredDistance, takeRows } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { majorityOf } from "../run/majority_of.ts";
import type { PartContext } from "../run/parts.ts";
import { indicesOf } from "../indices_of.ts";
import type {
  CentroidFrames,
  KMeansInitPayload,
  KMeansRepresentative,
  KMeansRun,
  KMeansStart,
  SharedCluster,
} from "./result.ts";
import {
  type KMeansClustering,
  matchesOf,
  orderByMajority,
  orderLike,
  reordered,
  reorderedRows,
} from "./run/cluster_order.ts";

const shared = {
  testRows: 0,
  tolerance: 0,
  maxIterations: 500,
  samplesPerCluster: 10,
  framesAt: [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233],
  // As few as can show that one start ends lower than another, and some more: 2 in C(10, 5).
  seeds: 5,
};
const starts: readonly KMeansStart[] = ["random", "k-means++", "class-means"];

const profiles = {
  quick: { ...shared, trainRows: 5000 },
  full: { ...shared, trainRows: null },
};

type Parameters = typeof profiles[Profile];
type Context = RunContext<Parameters>;

/** k-means from three kinds of start. */
export const run = defineRun({
  answers: "Are similar images grouped together, which classes fail, and does the start matter?",
  seconds: 20,
  profiles,
  parts: { fit },
  sample: { trainRows: null },
  async run(context): Promise<KMeansInitPayload> {
    const { parameters, seed, inDistribution } = context;
    const clusters = inDistribution.classNames.length;
    const plan = starts.flatMap((start) =>
      // The class means have no randomness: one run says it all.
      indicesOf(start === "class-means" ? 1 : parameters.seeds).map((i) => ({
        start,
        seed: seed + i,
      }))
    );
    let ended = 0;
    const byStart = await context.each(
      starts,
      (start) =>
        context.stage(start, () =>
          context.each(
            plan.filter((planned) => planned.start === start),
            async (planned) => {
              context.update(ended / plan.length, `${start}, seed ${planned.seed}`);
              const one = await context.part(fit, planned);
              ended++;
              return one;
            },
          )),
    );
    const fits = byStart.flat();
    const described = await context.stage("representatives", () =>
      representatives(
        starts.map((start) => bestOf(fits.filter(({ run }) => run.start === start))),
        context,
      ));
    return { clusters, runs: fits.map(({ run }) => run), representatives: described };
  },
});

interface Fit {
  readonly run: KMeansRun;
  readonly model: KMeansClustering;
  readonly frames: readonly Frame[];
}

interface Frame {
  readonly iteration: number;
  readonly inertia: number;
  readonly centroids: Float64Array;
}

async function fit(
  { start, seed }: { readonly start: KMeansStart; readonly seed: number },
  { inDistribution: { train, classNames }, parameters, signal }: PartContext<Parameters>,
): Promise<Fit> {
  const frames: Frame[] = [];
  const begin = performance.now();
  using model = await kMeans(train.images, {
    clusters: classNames.length,
    init: start,
    labels: train.labels,
    seed,
    restarts: 1,
    tolerance: parameters.tolerance,
    maxIterations: parameters.maxIterations,
    signal,
    onIteration({ iteration, inertia, centroids }) {
      if (!parameters.framesAt.includes(iteration)) return;
      frames.push({ iteration, inertia, centroids: centroids.values });
    },
  });
  const elapsedMs = performance.now() - begin;
  const { iterations, inertia, centroids, labels, clusterSizes } = model;
  frames.push({ iteration: iterations, inertia, centroids: centroids.values });
  const run: KMeansRun = {
    start,
    seed,
    iterations,
    converged: model.converged,
    inertia,
    inertiaHistory: [...model.inertiaHistory],
    purity: purity(train.labels, model.labels),
    nmi: normalizedMutualInformation(train.labels, model.labels),
    ari: adjustedRandIndex(train.labels, model.labels),
    elapsedMs,
  };
  return { run, model: { centroids, labels, clusterSizes }, frames };
}

/** The run with the lowest inertia. */
function bestOf(fits: readonly Fit[]): Fit {
  return fits.reduce((a, b) => a.run.inertia <= b.run.inertia ? a : b);
}

/** Describes the best run of each start, the clusters of all in the order of those of the best. */
function representatives(fits: readonly Fit[], context: Context): KMeansRepresentative[] {
  const best = bestOf(fits);
  const order = orderByMajority(best.model, context.inDistribution.train.labels);
  const reference = reordered(best.model, order);
  return fits.map((fit) => {
    const own = fit === best ? order : orderLike(fit.model, reference);
    const frames = fit.frames.map((frame) => ({
      ...frame,
      centroids: reorderedRows(frame.centroids, own),
    }));
    return represent({ ...fit, model: reordered(fit.model, own), frames }, reference, context);
  });
}

function represent(
  { run, model, frames }: Fit,
  reference: KMeansClustering,
  context: Context,
): KMeansRepresentative {
  const { inDistribution: { train, classNames, imageShape, maxValue }, image } = context;
  const k = model.centroids.shape[0];
  const { classes, clusters, cells } = contingencyTable(train.labels, model.labels);
  const contingency = classNames.map(() => new Array<number>(k).fill(0));
  cells.counts.forEach((count, cell) => {
    contingency[classes[cells.classes[cell]]][clusters[cells.clusters[cell]]] = count;
  });
  const recall = perClassRecall(train.labels, model.labels);
  const members = membersByDistance(model, context);
  const samples = (rows: readonly number[][]) =>
    takeRows(train.images, rows.flatMap((row) => row)).values;
  const count = Math.min(context.parameters.samplesPerCluster, ...members.map((m) => m.length));
  const draw = (name: string, values: ArrayLike<number>, columns: number) =>
    image(`${run.start.replace("++", "pp")}-${name}`, {
      values,
      shape: imageShape,
      maxValue,
      columns,
    });
  return {
    start: run.start,
    seed: run.seed,
    contingency,
    clusterSizes: [...model.clusterSizes],
    majorityClasses: majorityOf(train.labels, model.labels, k),
    matches: matchesOf(model, reference),
    classRecall: classNames.map((_, label) => recall[classes.indexOf(label)] ?? 0),
    sharedClusters: findSharedClusters(contingency),
    centroids: draw("centroids", model.centroids.values, k),
    nearest: draw("nearest", samples(members.map((rows) => rows.slice(0, count))), count),
    farthest: draw("farthest", samples(members.map((rows) => rows.slice(-count).reverse())), count),
    frames: drawFrames(frames, k, draw),
  };
}

/** The rows of each cluster, the nearest to its centroid first. */
function membersByDistance(model: KMeansClustering, { inDistribution }: Context): number[][] {
  const { images } = inDistribution.train;
  const distances = Float64Array.from(
    model.labels,
    (label, row) => squaredDistance(images, row, model.centroids, label),
  );
  const members: number[][] = indicesOf(model.centroids.shape[0]).map(() => []);
  model.labels.forEach((label, row) => members[label].push(row));
  for (const rows of members) rows.sort((a, b) => distances[a] - distances[b] || a - b);
  return members;
}

/** Pairs of classes of which each has at least a fifth of its images in the same cluster. */
function findSharedClusters(contingency: readonly (readonly number[])[]): SharedCluster[] {
  const sizes = contingency.map((row) => row.reduce((a, b) => a + b, 0));
  const share = (label: number, cluster: number) => contingency[label][cluster] / sizes[label];
  const pairs: SharedCluster[] = [];
  for (let cluster = 0; cluster < contingency[0].length; cluster++) {
    const present = indicesOf(contingency.length)
      .filter((label) => sizes[label] > 0 && share(label, cluster) >= 0.2)
      .sort((a, b) => contingency[b][cluster] - contingency[a][cluster]);
    present.forEach((a, i) =>
      present.slice(i + 1).forEach((b) =>
        pairs.push({
          cluster,
          classes: [a, b],
          counts: [contingency[a][cluster], contingency[b][cluster]],
        })
      )
    );
  }
  const weight = ({ cluster, classes }: SharedCluster) =>
    Math.min(...classes.map((label) => share(label, cluster)));
  return pairs.sort((a, b) => weight(b) - weight(a));
}

function drawFrames(
  frames: readonly Frame[],
  k: number,
  draw: (name: string, values: ArrayLike<number>, columns: number) => CentroidFrames["centroids"],
): CentroidFrames {
  const size = frames[0].centroids.length;
  const values = new Float64Array(frames.length * size);
  frames.forEach(({ centroids }, i) => values.set(centroids, i * size));
  return {
    iterations: frames.map(({ iteration }) => iteration),
    inertia: frames.map(({ inertia }) => inertia),
    centroids: draw("frames", values, k),
  };
}
