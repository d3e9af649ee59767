import {
  checkNumber,
  givenOptions,
  hostMatrix,
  type MatrixLike,
  numberArray,
  releasing,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { checkCentroidLabels, checkColumns, checkFinite } from "./inertia.ts";
import type { Centroids } from "./kmeans_model.ts";
import { eachPiece, type MissingEntries, missingEntries } from "./missing_entries.ts";
import { checkPriorMean, copyPriorMean, type PriorMean } from "./prior_mean.ts";

/**
 * Options of {@link missingObjective}: the positions of missing entries and their Gaussian prior.
 */
export interface MissingObjectiveOptions {
  /** Mask of n × d entries, not 0 where an entry of `x` is missing. NaN is missing in any case. */
  readonly mask?: ArrayLike<number | boolean>;
  /** Mean of a missing entry, per column; `"zero"` by default. */
  readonly priorMean?: PriorMean;
  /** Variance of a missing entry, above 0; 1 by default. */
  readonly variance?: number;
  /** Ends the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

interface Terms {
  readonly signal?: AbortSignal;
  readonly entries: MissingEntries;
  readonly centroids: Centroids;
  readonly labels: Int32Array;
  readonly priorMean: Float64Array;
  readonly variance: number;
}

/**
 * Returns the expected squared distance of rows to their centroids when each missing entry is
 * Gaussian with mean m and variance c: Σ over observed entries of (x − μ)², plus Σ over missing
 * entries of (μ − m)² + c.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { missingObjective } from "@mixtape/clustering";
 *
 * const x = { values: new Float64Array([4, NaN]), shape: [1, 2] } as const;
 * const centroids = { values: new Float64Array([1, 2]), shape: [1, 2] } as const;
 * assert.equal(await missingObjective(x, centroids, [0], { variance: 0.5 }), 9 + 4 + 0.5);
 * ```
 *
 * @param x Data, shape [n, d]; NaN stands for a missing entry.
 * @param centroids Shape [k, d], finite.
 * @param labels The centroid of each row, from 0 to k − 1.
 * @param options The positions of missing entries, and their m and c.
 * @returns A sum in the units of `x` squared.
 * @throws {RangeError} If shapes do not match, the variance is not above 0, or the result exceeds
 * float64.
 * @throws The signal's reason, if it was aborted.
 */
export async function missingObjective(
  x: MatrixLike,
  centroids: MatrixLike,
  labels: ArrayLike<number>,
  options?: MissingObjectiveOptions,
): Promise<number> {
  return await withTerms(x, centroids, labels, options, async (terms) => {
    let sum = 0;
    await forEachDifference(terms, (difference) => {
      sum += difference * difference;
    });
    return checkFinite(sum + terms.variance * terms.entries.count, "the objective");
  });
}

/**
 * Returns the gradient of {@link missingObjective} with respect to the centroids: 2 Σ (μ − x) over
 * the rows of each cluster, with the prior mean in place of missing entries. The variance does not
 * appear in it.
 *
 * @example At the mean of its rows, a centroid's gradient vanishes
 * ```ts
 * import assert from "node:assert/strict";
 * import { missingObjectiveGradient } from "@mixtape/clustering";
 *
 * const x = { values: new Float64Array([4, NaN]), shape: [2, 1] } as const;
 * const centroids = { values: new Float64Array([2]), shape: [1, 1] } as const;
 * const gradient = await missingObjectiveGradient(x, centroids, [0, 0]);
 * assert.deepEqual([...gradient.values], [0]);
 * ```
 *
 * @param x Data, shape [n, d]; NaN stands for a missing entry.
 * @param centroids Shape [k, d], finite.
 * @param labels The centroid of each row, from 0 to k − 1.
 * @param options The positions of missing entries, and their prior.
 * @returns One partial derivative per coordinate, shape [k, d], in the units of `x`.
 * @throws {RangeError} If shapes do not match, the variance is not above 0, or the result exceeds
 * float64.
 * @throws The signal's reason, if it was aborted.
 */
export async function missingObjectiveGradient(
  x: MatrixLike,
  centroids: MatrixLike,
  labels: ArrayLike<number>,
  options?: MissingObjectiveOptions,
): Promise<Centroids> {
  return await withTerms(x, centroids, labels, options, async (terms) => {
    const values = new Float64Array(terms.centroids.values.length);
    await forEachDifference(terms, (difference, coordinate) => {
      values[coordinate] += 2 * difference;
    });
    values.forEach((value) => checkFinite(value, "the gradient"));
    return { values, shape: terms.centroids.shape };
  });
}

/** Calls `visit` for each entry with μ − x, where m replaces a missing x, and the index of μ. */
async function forEachDifference(
  { entries, centroids, labels, priorMean, signal }: Terms,
  visit: (difference: number, coordinate: number) => void,
): Promise<void> {
  const { x: { values, shape: [, d] }, missing } = entries;
  await eachPiece(entries, (start, end) => {
    for (let i = start; i < end; i++) {
      const label = labels[i];
      for (let p = 0; p < d; p++) {
        const value = missing[i * d + p] ? priorMean[p] : values[i * d + p];
        visit(centroids.values[label * d + p] - value, label * d + p);
      }
    }
  }, signal);
}

/** Calls `compute` with the arguments of a public function once they are checked. */
async function withTerms<Result>(
  x: MatrixLike,
  centroids: MatrixLike,
  labels: ArrayLike<number>,
  options: MissingObjectiveOptions | undefined,
  compute: (terms: Terms) => Promise<Result>,
): Promise<Result> {
  const names = { mask: true, priorMean: true, variance: true, signal: true } as const;
  const { mask, variance, signal, ...given } = givenOptions(options, names, "missingObjective");
  throwIfAborted(signal);
  const priorMean = copyPriorMean(given.priorMean);
  const copiedLabels = numberArray(labels, "labels");
  return await releasing(missingEntries(x, mask, undefined, signal), async (opening) => {
    const [points, entries] = await Promise.all([hostMatrix(centroids, "centroids"), opening]);
    const [k, d] = points.shape;
    checkColumns(entries.x, d);
    return await compute({
      ...{ entries, signal },
      centroids: { values: Float64Array.from(points.values), shape: points.shape },
      labels: checkCentroidLabels(copiedLabels, entries.x.shape[0], k),
      priorMean: await checkPriorMean(priorMean, entries, signal),
      variance: checkNumber(variance ?? 1, "variance", { above: 0 }),
    });
  });
}
