import {
  adjustedRandIndex,
  kMeans,
  kMeansMissing,
  type KMeansMissingOptions,
  normalizedMutualInformation,
} from "@mixtape/clustering";
import { type HostMatrix, random } from "@mixtape/tensor-utils";
import { indicesOf } from "../indices_of.ts";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { matchedCentroidError } from "../run/match_centroids.ts";
import type { PartContext } from "../run/parts.ts";
import type { KMeansMissingPayload, MissingFit, MissingMethod, MissingRun } from "./result.ts";

const shared = { testRows: 0, tolerance: 1e-4, maxIterations: 300, variance: 1, images: 8 };
const profiles = {
  quick: { ...shared, trainRows: 2000, rates: [0, 0.3, 0.6, 0.9], seeds: 1, restarts: 1 },
  full: {
    ...shared,
    trainRows: 10000,
    rates: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    // As few as can show differences in four comparisons: 2 in C(10, 5) each.
    seeds: 5,
    restarts: 1,
  },
};

type Parameters = typeof profiles[Profile];
type Context = RunContext<Parameters>;

const methods: Readonly<Record<MissingMethod, Partial<KMeansMissingOptions>>> = {
  "zero-prior": { method: "gaussian-prior", priorMean: "zero" },
  "feature-mean-prior": { method: "gaussian-prior", priorMean: "feature-mean" },
  "k-pod": { method: "k-pod" },
  "mean-imputation": { method: "mean-imputation" },
  "complete-rows": { method: "complete-rows" },
};
const methodNames = Object.keys(methods) as MissingMethod[];

/** k-means with missing entries, by every method a person would compare. */
export const run = defineRun({
  answers:
    "How do the derived algorithm and its alternatives cope as more and more pixels are missing?",
  seconds: 720,
  profiles,
  parts: { complete: fitComplete, fit: fitIncomplete },
  async run(context): Promise<KMeansMissingPayload> {
    const { inDistribution: { train, classNames }, parameters, seed } = context;
    const complete = await context.stage("complete data", () => context.part(fitComplete, {}));
    const seeds = indicesOf(parameters.seeds).map((i) => seed + i);
    const total = parameters.rates.length * seeds.length * methodNames.length;
    let ended = 0;
    const byRate = await context.each(parameters.rates, (rate) => {
      const said = `${Math.round(100 * rate)}% missing`;
      // One after the other, the methods share a mask.
      const plan = seeds.flatMap((seed) => methodNames.map((method) => ({ rate, seed, method })));
      return context.stage(said, () =>
        context.each(plan, async (planned) => {
          context.update(ended / total, `${said}, ${planned.method}`);
          const one = await context.part(fitIncomplete, planned);
          ended++;
          return one;
        }));
    });
    return {
      clusters: classNames.length,
      rows: train.labels.length,
      complete: {
        nmi: normalizedMutualInformation(train.labels, complete.labels),
        ari: adjustedRandIndex(train.labels, complete.labels),
      },
      rates: parameters.rates,
      methods: methodNames,
      runs: byRate.flat(),
      masked: drawMasked(context),
    };
  },
});

/** A clustering of the data of which nothing is missing. */
interface Complete {
  readonly centroids: HostMatrix;
  readonly labels: Int32Array;
}

async function fitComplete(
  _: Readonly<Record<string, never>>,
  { inDistribution: { train, classNames }, parameters, seed, signal }: PartContext<Parameters>,
): Promise<Complete> {
  const options = { clusters: classNames.length, seed, ...fitOptions(parameters), signal };
  using model = await kMeans(train.images, options);
  const { centroids, labels } = model;
  return { centroids, labels };
}

function fitOptions({ tolerance, maxIterations, restarts }: Parameters) {
  return { tolerance, maxIterations, restarts };
}

async function fitIncomplete(
  { rate, seed, method }: {
    readonly rate: number;
    readonly seed: number;
    readonly method: MissingMethod;
  },
  context: PartContext<Parameters>,
): Promise<MissingRun> {
  const { inDistribution: { train, classNames }, parameters, signal } = context;
  const clusters = classNames.length;
  const { mask, completeRows } = context.last("mask", `${rate} ${seed}`, () => {
    const mask = drawMask(train.images, rate, seed);
    return { mask, completeRows: countCompleteRows(mask, train.images) };
  });
  const about = { rate, method, seed, completeRows };
  if (method === "complete-rows" && completeRows < clusters) {
    const failure = completeRows === 0 ? "no-complete-rows" : "too-few-complete-rows";
    return { ...about, fit: null, failure };
  }
  const complete = await context.part(fitComplete, {});
  const begin = performance.now();
  using model = await kMeansMissing(train.images, {
    clusters,
    mask,
    seed,
    ...fitOptions(parameters),
    variance: parameters.variance,
    ...methods[method],
    signal,
  });
  const elapsedMs = performance.now() - begin;
  const fit: MissingFit = {
    nmi: normalizedMutualInformation(train.labels, model.labels),
    ari: adjustedRandIndex(train.labels, model.labels),
    nmiToComplete: normalizedMutualInformation(complete.labels, model.labels),
    ariToComplete: adjustedRandIndex(complete.labels, model.labels),
    centroidError: matchedCentroidError(model.centroids, complete.centroids),
    iterations: model.iterations,
    converged: model.converged,
    elapsedMs,
  };
  return { ...about, fit, failure: null };
}

/** Each entry missing with the same chance; the same seed masks the same entries for every method. */
function drawMask({ values }: HostMatrix, rate: number, seed: number): Uint8Array {
  const source = random(seed).split(1);
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = source.next() < rate ? 1 : 0;
  return mask;
}

function countCompleteRows(mask: Uint8Array, { shape: [n, d] }: HostMatrix): number {
  return indicesOf(n).filter((row) => !mask.subarray(row * d, (row + 1) * d).includes(1)).length;
}

function drawMasked({ inDistribution, parameters, seed, image }: Context) {
  const { train: { images }, imageShape: shape, maxValue } = inDistribution;
  const size = images.shape[1];
  const shown = Math.min(parameters.images, images.shape[0]) * size;
  const values = parameters.rates.flatMap((rate) => {
    const mask = drawMask(images, rate, seed);
    return Array.from(images.values.subarray(0, shown), (value, at) => mask[at] ? NaN : value);
  });
  return image("masked", { values, shape, maxValue, columns: shown / size });
}
