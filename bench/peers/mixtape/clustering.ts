import { kMeans, kMeansMissing, type KMeansModel, miniBatchKMeans } from "@mixtape/clustering";
import { random } from "@mixtape/tensor-utils";
import { plusPlusStarts } from "../../../packages/clustering/plus_plus_start.ts";
import type { Measurement } from "../../core/measurement.ts";
import { readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** The arguments of a run of k-means. */
export interface KMeansArguments {
  /** The file of the data. */
  readonly x: string;
  /** The file of the initial centroids. */
  readonly start: string;
  /** Largest number of iterations. */
  readonly iterations: number;
}

/** Measures k-means from a given start with tolerance 0. */
export async function kMeansRun({ x, start, iterations }: KMeansArguments): Promise<Measurement> {
  const data = readMatrix(x);
  const init = readMatrix(start);
  const { result, seconds } = await timed(() =>
    kMeans(data, { clusters: init.shape[0], init, tolerance: 0, maxIterations: iterations })
  );
  using model = result;
  return { seconds, iterations: model.iterations, centroids: [...model.centroids.values] };
}

/** Measures k-means on data with missing entries, which are filled with the means of their columns. */
export async function missingRun({ x, start, iterations }: KMeansArguments): Promise<Measurement> {
  const data = readMatrix(x);
  const init = readMatrix(start);
  const { result, seconds } = await timed(() =>
    kMeansMissing(data, {
      ...{ method: "mean-imputation", clusters: init.shape[0], init },
      ...{ tolerance: 0, maxIterations: iterations },
    })
  );
  using model = result;
  return { seconds, iterations: model.iterations, details: { value: model.inertia } };
}

/** The arguments of a run of k-means with its starts. */
export interface StartsArguments {
  /** The file of the data. */
  readonly x: string;
  /** Number of centroids. */
  readonly clusters: number;
  /** Number of starts. */
  readonly restarts: number;
}

/** Measures k-means with its starts by k-means++, with tolerance 0. */
export async function startsRun(
  { x, clusters, restarts }: StartsArguments,
): Promise<Measurement> {
  const data = readMatrix(x);
  const { result, seconds } = await timed(() =>
    kMeans(data, { clusters, restarts, tolerance: 0, maxIterations: 1000 })
  );
  using model = result;
  return { seconds, iterations: model.iterations, details: { value: model.inertia } };
}

/** The arguments of a start by k-means++. */
export interface PlusPlusArguments {
  /** The file of the data. */
  readonly x: string;
  /** Number of centroids. */
  readonly clusters: number;
  /** Seed of the draws. */
  readonly seed: number;
}

/** Measures the start alone, as `kMeans` does it before its first iteration. */
export async function plusPlusRun(
  { x, clusters, seed }: PlusPlusArguments,
): Promise<Measurement> {
  const data = readMatrix(x);
  const { result: [centroids], seconds } = await timed(() =>
    plusPlusStarts(data, clusters, [random(seed)], {})
  );
  return { seconds, centroids: [...centroids] };
}

/** The arguments of a use of fitted centroids. */
export interface FittedArguments {
  /** The file of the data. */
  readonly x: string;
  /** The file of the start, from which one iteration is made. */
  readonly start: string;
}

/** Measures the labels of the data. */
export async function predictRun(args: FittedArguments): Promise<Measurement> {
  const { model, data } = await fitted(args);
  const { seconds } = await timed(() => model.predict(data));
  return { seconds };
}

/** Measures the distances of the data to all centroids. */
export async function transformRun(args: FittedArguments): Promise<Measurement> {
  const { model, data } = await fitted(args);
  const { seconds } = await timed(() => model.transform(data));
  return { seconds };
}

async function fitted({ x, start }: FittedArguments) {
  const data = readMatrix(x);
  const init = readMatrix(start);
  const model = await kMeans(data, { clusters: init.shape[0], init, maxIterations: 1 });
  return { model, data };
}

/** The arguments of mini-batches from a given start. */
export interface StepsArguments extends FittedArguments {
  /** Number of passes, each of as many rows as the data have. */
  readonly passes: number;
  /** Number of fits, each with a seed of its own. */
  readonly seeds: number;
}

/**
 * Measures a number of passes by mini-batches of 1024, with the labels of all rows at the end: the mean
 * time of fits with several seeds, and the median of their inertias, which depend much on the draws.
 */
export async function miniBatchSteps(
  { x, start, passes, seeds }: StepsArguments,
): Promise<Measurement> {
  const [data, init] = [readMatrix(x), readMatrix(start)];
  const options = { clusters: init.shape[0], init, maxIterations: passes, maxNoImprovement: 1e9 };
  const fits: Measurement[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    fits.push(await measureBatches(() => miniBatchKMeans(data, { ...options, seed })));
  }
  const inertias = Float64Array.from(fits, ({ details }) => details!.value).sort();
  const seconds = fits.reduce((sum, fit) => sum + fit.seconds, 0) / seeds;
  return { ...fits[0], seconds, details: { value: inertias[seeds >> 1] } };
}

/** Measures mini-batches with their starts, until the default rule ends them. */
export function miniBatchRule(
  { x, clusters }: Pick<StartsArguments, "x" | "clusters">,
): Promise<Measurement> {
  const data = readMatrix(x);
  return measureBatches(() => miniBatchKMeans(data, { clusters }));
}

/** Arguments of a fit that is to come near an inertia. */
export interface NearArguments extends Pick<StartsArguments, "x" | "clusters"> {
  /** The inertia to reach. */
  readonly inertia: number;
}

/** Measures the first fit by mini-batches, with its starts, that ends at such an inertia: of one pass with one of ten seeds, of two, of four. */
export async function miniBatchNear({ x, clusters, inertia }: NearArguments): Promise<Measurement> {
  const data = readMatrix(x);
  for (let passes = 1; passes <= 16; passes *= 2) {
    for (let seed = 0; seed < 10; seed++) {
      const options = { clusters, seed, maxIterations: passes, maxNoImprovement: 1e9 };
      const measurement = await measureBatches(() => miniBatchKMeans(data, options));
      if (measurement.details!.value <= inertia) return measurement;
    }
  }
  throw new RangeError(`sixteen passes with ten seeds do not reach an inertia of ${inertia}`);
}

async function measureBatches(fit: () => Promise<KMeansModel>): Promise<Measurement> {
  const { result, seconds } = await timed(fit);
  using model = result;
  return { seconds, iterations: model.iterations, details: { value: model.inertia } };
}
