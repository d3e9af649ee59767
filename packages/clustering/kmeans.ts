import {
  ensureBackend,
  givenOptions,
  isReader,
  openLloyd,
  releasing,
  type Rows,
  type RowsLike,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { bestRun } from "./best_run.ts";
import { kMeansFrame } from "./kmeans_frame.ts";
import { KMeansModel } from "./kmeans_model.ts";
import {
  type CheckedOptions,
  checkKMeansOptions,
  copyOptions,
  kMeansOptionNames,
  type KMeansOptions,
  startClasses,
} from "./kmeans_options.ts";
import { openData } from "./open_data.ts";

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
 * Data that do not fit in memory come as a {@link RowSource}, which is read once per iteration, and
 * `2 clusters` times for k-means++, or five times for k-means‖; besides a few blocks of 2²¹ numbers, 4 bytes per row are held,
 * 8 more during k-means++. The result depends neither on how the source cuts its rows nor on the
 * number of threads. A source of up to 2²¹ numbers gives the bits that the same matrix gives; beyond,
 * sums are added up block by block, and centroids differ from those in memory in the last digits.
 *
 * @param x Data, shape [n, d], finite: a tensor, numbers with their shape, an array of rows, or a
 * source of blocks.
 * @param options `clusters` is required, between 1 and n; all others have defaults.
 * @returns The fitted model of the run with the lowest inertia.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown or of the wrong kind.
 * @throws {RangeError} If `clusters` exceeds the number of rows, a value is not finite, an option
 * is out of range, or the inertia exceeds float64.
 * If a source has other rows than it announces, or other ones than before.
 * @see Lloyd (1982), https://doi.org/10.1109/TIT.1982.1056489
 * @see Arthur & Vassilvitskii (2007), https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf
 * @see Bahmani et al. (2012), https://doi.org/10.14778/2180912.2180915, for k-means‖
 */
export async function kMeans(x: RowsLike, options: KMeansOptions): Promise<KMeansModel> {
  const given = givenOptions(options, kMeansOptionNames, "kMeans");
  throwIfAborted(given.signal);
  return await releasing(openData(x, { forLloyd: true }, given.signal), async (opening) => {
    const [rows, copied] = await Promise.all([opening, copyOptions(given)]);
    return await fitKMeans(rows, checkKMeansOptions(rows, copied));
  });
}

/** Fits as {@link kMeans} does, given data and options that are already checked. */
export async function fitKMeans(rows: Rows, checked: CheckedOptions): Promise<KMeansModel> {
  await ensureBackend();
  const frame = await kMeansFrame(rows, checked);
  const { x, options: { sampleWeight, signal } } = frame;
  const given = { sampleWeight, signal };
  const open = isReader(x)
    ? (await import("./over_blocks.ts")).openBlocks.bind(null, x, given)
    : () => openLloyd(x, sampleWeight, signal);
  const { centroids, ...run } = frame.restore(await bestRun(x, frame.options, open));
  return new KMeansModel({
    ...run,
    centroids: { values: centroids, shape: [checked.clusters, rows.shape[1]] },
    classes: startClasses(checked),
  });
}
