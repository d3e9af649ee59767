import {
  ensureBackend,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  openLloyd,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { bestRun } from "./best_run.ts";
import { KMeansFrame } from "./kmeans_frame.ts";
import { KMeansModel } from "./kmeans_model.ts";
import {
  type CheckedOptions,
  checkKMeansOptions,
  copyOptions,
  kMeansOptionNames,
  type KMeansOptions,
  startClasses,
} from "./kmeans_options.ts";

/**
 * Fits `clusters` centroids to the rows of `x` by Lloyd's algorithm, as scikit-learn's `KMeans`
 * does: rows go to their nearest centroid and centroids to the mean of their rows, until nothing
 * changes. The same start gives the same labels, centroids and number of iterations as a float64
 * implementation.
 *
 * A cluster that loses all its rows is given the row farthest from its centroid, so a result has no
 * NaN and no empty cluster, unless `x` has fewer distinct rows than clusters: the surplus clusters
 * then stay empty (see `model.clusterSizes`) and keep their centroids.
 *
 * @example Three groups
 * ```ts
 * import assert from "node:assert/strict";
 * import { kMeans } from "@mixtape/clustering";
 *
 * const x = { values: new Float32Array([0, 1, 10, 11, 20, 21]), shape: [6, 1] } as const;
 * using model = await kMeans(x, { clusters: 3, seed: 1 });
 * assert.deepEqual([...model.centroids.values].sort((a, b) => a - b), [0.5, 10.5, 20.5]);
 * assert.equal(model.inertia, 1.5);
 * assert.ok(model.converged);
 * ```
 *
 * @param x Data, shape [n, d], finite: a tensor, numbers with their shape, or an array of rows.
 * @param options `clusters` is required, between 1 and n; all others have defaults.
 * @returns The fitted model of the run with the lowest inertia.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown or of the wrong kind.
 * @throws {RangeError} If `clusters` exceeds the number of rows, a value is not finite, an option
 * is out of range, or the inertia exceeds float64.
 * @see Lloyd (1982), https://doi.org/10.1109/TIT.1982.1056489
 * @see Arthur & Vassilvitskii (2007), https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf
 */
export async function kMeans(x: MatrixLike, options: KMeansOptions): Promise<KMeansModel> {
  const given = givenOptions(options, kMeansOptionNames, "kMeans");
  throwIfAborted(given.signal);
  const [matrix, copied] = await Promise.all([hostMatrix(x), copyOptions(given)]);
  return await fitKMeans(matrix, checkKMeansOptions(matrix, copied));
}

/** Fits as {@link kMeans} does, given data and options that are already checked. */
export async function fitKMeans(matrix: HostMatrix, checked: CheckedOptions): Promise<KMeansModel> {
  await ensureBackend();
  const frame = new KMeansFrame(matrix, checked);
  const { centroids, ...run } = frame.restore(
    await bestRun(
      frame.x,
      frame.options,
      () => openLloyd(frame.x, frame.options.sampleWeight),
    ),
  );
  return new KMeansModel({
    ...run,
    centroids: { values: centroids, shape: [checked.clusters, matrix.shape[1]] },
    classes: startClasses(checked),
  });
}
