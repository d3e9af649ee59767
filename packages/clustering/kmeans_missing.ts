import {
  checkChoice,
  checkNumber,
  givenOptions,
  type HostMatrix,
  type MatrixLike,
  type OptionNames,
  releasing,
  takeRows,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { kPod } from "./k_pod.ts";
import { fitKMeans } from "./kmeans.ts";
import { KMeansMissingModel, type MissingMethod } from "./kmeans_missing_model.ts";
import {
  checkKMeansOptions,
  type CopiedOptions,
  copyOptions,
  kMeansOptionNames,
  type KMeansOptions,
} from "./kmeans_options.ts";
import {
  fillMissing,
  type MissingEntries,
  missingEntries,
  rowsWithout,
} from "./missing_entries.ts";
import { nearestObserved } from "./observed_distance.ts";
import {
  checkPriorMean,
  type CopiedPriorMean,
  copyPriorMean,
  type PriorMean,
} from "./prior_mean.ts";

/** Options of {@link kMeansMissing}; those shared with {@link kMeans} have the same meaning. */
export interface KMeansMissingOptions extends Omit<KMeansOptions, "sampleWeight"> {
  /** Method for missing entries, `"gaussian-prior"` by default. */
  readonly method?: MissingMethod;
  /**
   * Mask of n × d entries, not 0 where an entry of `x` is missing; for data that cannot hold NaN.
   */
  readonly mask?: ArrayLike<number | boolean>;
  /** Mean of a missing entry for `"gaussian-prior"`, `"zero"` by default. */
  readonly priorMean?: PriorMean;
  /** Variance of a missing entry for `"gaussian-prior"`, above 0; 1 by default. */
  readonly variance?: number;
}

/**
 * Clusters data with missing entries, by one of four methods:
 *
 * - `"gaussian-prior"`: each missing entry is Gaussian with mean m and variance c, and the expected
 *   squared distance is minimised: Σ over observed entries of (x − μ)² plus Σ over missing ones of
 *   (μ − m)² + c. A centroid is the mean of its rows with m in place of missing entries. Each
 *   missing entry costs c whatever its cluster, so c shifts the objective and never an assignment:
 *   the method is Lloyd's algorithm on data filled with m.
 * - `"mean-imputation"`: missing entries are filled with the mean of their column, once.
 * - `"complete-rows"`: centroids are fitted to the rows without missing entries; other rows go to
 *   the centroid nearest in their observed entries.
 * - `"k-pod"`: the sum of squared distances over observed entries is minimised, the objective of
 *   k-POD: rows go to the centroid nearest in their observed entries, and centroids to the means of
 *   the observed entries of their rows.
 *
 * @example A missing coordinate
 * ```ts
 * import assert from "node:assert/strict";
 * import { kMeansMissing } from "@mixtape/clustering";
 *
 * const values = new Float64Array([0, 0, 0, NaN, 1, 1, 8, 8, NaN, 9, 9, 9]);
 * const x = { values, shape: [6, 2] } as const;
 * using model = await kMeansMissing(x, { clusters: 2, priorMean: "feature-mean" });
 * assert.equal(model.labels[1], model.labels[0]);
 * assert.equal(model.labels[4], model.labels[5]);
 * assert.equal(model.objective, model.inertia + 2 * 1);
 * ```
 *
 * @param x Data, shape [n, d]; NaN stands for a missing entry.
 * @param options `clusters` is required, between 1 and n; all others have defaults.
 * @returns The fitted model, which adds the objective of the method to the results of k-means.
 * @throws {TypeError} If an option is unknown or of the wrong kind.
 * @throws {RangeError} If shapes do not match, an option is out of range, or too few rows are
 * complete.
 * @see Chi, Chi & Baraniuk (2016), https://doi.org/10.1080/00031305.2015.1086685, for k-POD
 */
export async function kMeansMissing(
  x: MatrixLike,
  options: KMeansMissingOptions,
): Promise<KMeansMissingModel> {
  const given = givenOptions(options, missingOptionNames, "kMeansMissing");
  throwIfAborted(given.signal);
  const { method = "gaussian-prior", mask, priorMean, variance = 1, ...rest } = given;
  checkChoice<MissingMethod>(method, "method", Object.keys(methods) as MissingMethod[]);
  checkNumber(variance, "variance", { above: 0 });
  const prior = { priorMean: copyPriorMean(priorMean), variance };
  const opened = missingEntries(x, mask, undefined, given.signal);
  return await releasing(opened, async (opening) => {
    const [entries, copied] = await Promise.all([opening, copyOptions(rest)]);
    return await methods[method](entries, copied, prior);
  });
}

const { sampleWeight: _, ...sharedNames } = kMeansOptionNames;

const missingOptionNames: OptionNames<KMeansMissingOptions> = {
  ...sharedNames,
  method: true,
  mask: true,
  priorMean: true,
  variance: true,
};

interface Prior {
  readonly priorMean: CopiedPriorMean;
  readonly variance: number;
}

type Method = (
  entries: MissingEntries,
  options: CopiedOptions,
  prior: Prior,
) => Promise<KMeansMissingModel>;

const methods: Record<MissingMethod, Method> = {
  "gaussian-prior": (entries, options, prior) =>
    fitFilled("gaussian-prior", entries, options, prior),
  "mean-imputation": (entries, options) =>
    fitFilled("mean-imputation", entries, options, { priorMean: "feature-mean", variance: 0 }),
  "complete-rows": fitCompleteRows,
  "k-pod": fitKPod,
};

async function fitFilled(
  method: MissingMethod,
  entries: MissingEntries,
  options: CopiedOptions,
  { priorMean, variance }: Prior,
): Promise<KMeansMissingModel> {
  const prior = await checkPriorMean(priorMean, entries, options.signal);
  const filled = await fillMissing(entries, prior, options.signal);
  const fit = await fitKMeans(filled, checkKMeansOptions(filled, options));
  const constant = variance * entries.count;
  const objectiveHistory = fit.inertiaHistory.map((inertia) => inertia + constant);
  const objective = fit.inertia + constant;
  if (![objective, ...objectiveHistory].every(Number.isFinite)) {
    throw new RangeError(
      `Cannot fit clusters: the objective, with a variance of ${variance} for each of ` +
        `${entries.count} missing entries, exceeds 1.8e308, a smaller variance is needed`,
    );
  }
  return new KMeansMissingModel({
    ...fit,
    method,
    objective,
    objectiveHistory,
    missingCount: entries.count,
    fittedRows: entries.x.shape[0],
    priorMean: roundedLike(filled.values, prior),
  });
}

async function fitCompleteRows(
  entries: MissingEntries,
  options: CopiedOptions,
): Promise<KMeansMissingModel> {
  const rows = await rowsWithout("missing", entries, options.signal);
  const { labels } = checkKMeansOptions(entries.x, options);
  if (rows.length < options.clusters) {
    throw new RangeError(
      `Cannot fit ${options.clusters} clusters to complete rows: x has ${rows.length} of them ` +
        `among ${
          entries.x.shape[0]
        }, at least ${options.clusters} are needed, or choose another method`,
    );
  }
  const complete = takeRows(entries.x, rows);
  const codes = labels && Int32Array.from(rows, (row) => labels.codes[row]);
  const fit = await fitKMeans(
    complete,
    checkKMeansOptions(complete, { ...options, labels: codes && { ...labels, codes } }),
  );
  return new KMeansMissingModel({
    ...fit,
    method: "complete-rows",
    labels: await nearestObserved(entries, fit.centroids.values, options.signal),
    objective: fit.inertia,
    objectiveHistory: fit.inertiaHistory,
    missingCount: entries.count,
    fittedRows: rows.length,
  });
}

async function fitKPod(
  entries: MissingEntries,
  options: CopiedOptions,
): Promise<KMeansMissingModel> {
  const { centroids, ...run } = await kPod(entries, options);
  return new KMeansMissingModel({
    ...run,
    centroids: { values: centroids, shape: [options.clusters, entries.x.shape[1]] },
    method: "k-pod",
    objective: run.inertia,
    objectiveHistory: run.inertiaHistory,
    missingCount: entries.count,
    fittedRows: entries.x.shape[0],
  });
}

/** Rounds a prior mean to the precision of the filled data: to float32 unless that is float64. */
function roundedLike(values: HostMatrix["values"], priorMean: Float64Array): Float64Array {
  return values instanceof Float64Array ? priorMean : priorMean.map(Math.fround);
}
