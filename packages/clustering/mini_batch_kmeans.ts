import {
  checkInteger,
  checkNumber,
  ensureBackend,
  givenOptions,
  type HostMatrix,
  type LloydRun,
  nearestWithSum,
  type OptionNames,
  type Random,
  random,
  releasing,
  rowBlocks,
  type Rows,
  type RowsLike,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { drawBatches } from "./batch_draws.ts";
import { BatchMonitor } from "./batch_monitor.ts";
import { batchStart } from "./batch_start.ts";
import { kMeansFrame } from "./kmeans_frame.ts";
import { KMeansModel } from "./kmeans_model.ts";
import {
  type CheckedOptions,
  checkKMeansOptions,
  type CopiedOptions,
  copyOptions,
  isRandomStart,
  kMeansOptionNames,
  type KMeansOptions,
  startClasses,
} from "./kmeans_options.ts";
import { openData } from "./open_data.ts";
import { areClose } from "./lloyd_run.ts";
import { meanVariance } from "./mean_variance.ts";
import { reassignStarved } from "./starved_clusters.ts";

/**
 * Options of {@link miniBatchKMeans}; those shared with {@link kMeans} have the same meaning unless
 * stated otherwise.
 */
export interface MiniBatchKMeansOptions extends KMeansOptions {
  /**
   * Number of rows drawn per step, with replacement; 1024 by default, or all rows if there are
   * fewer.
   */
  readonly batchSize?: number;
  /** Largest number of passes, each over as many rows as `x` has; 100 by default. */
  readonly maxIterations?: number;
  /**
   * As in {@link kMeans}, but between consecutive steps; 0 by default, which leaves the end to
   * `maxNoImprovement`.
   */
  readonly tolerance?: number;
  /**
   * Number of starts to refine on a sample of the data, the best of which is run; 3 by default, 1
   * for starts that are not random.
   */
  readonly restarts?: number;
  /**
   * The fit ends when this many consecutive steps have not lowered the smoothed inertia of the
   * batches; 10 by default.
   */
  readonly maxNoImprovement?: number;
  /**
   * A cluster that has seen less than this fraction of the rows that the largest cluster has seen
   * is moved to a row of the batch from time to time; 0.01 by default.
   */
  readonly reassignmentRatio?: number;
}

interface BatchOptions extends CheckedOptions {
  readonly batchSize: number;
  readonly maxNoImprovement: number;
  readonly reassignmentRatio: number;
}

/**
 * Fits k-means by small random batches, as scikit-learn's `MiniBatchKMeans` does: each step assigns
 * the rows of a batch and moves each centroid to the running mean of all rows ever assigned to it.
 * Random starts are first refined by Lloyd's algorithm on a sample.
 * On many rows, this is much less work than {@link kMeans}, for a slightly higher inertia.
 *
 * The model's `iterations` counts batches, and its `inertiaHistory` has the inertia of each, scaled
 * to all rows; labels and inertia are those of all rows at the end. In the calls of `onIteration`,
 * all rows of a batch count as changed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { miniBatchKMeans } from "@mixtape/clustering";
 *
 * const values = Float64Array.from({ length: 3000 }, (_, i) => 100 * (i % 3) + Math.sin(i));
 * using model = await miniBatchKMeans({ values, shape: [3000, 1] }, { clusters: 3, batchSize: 256 });
 * assert.deepEqual([...model.clusterSizes], [1000, 1000, 1000]);
 * ```
 *
 * Of a `RowSource`, whole blocks' worth of batches are drawn per reading; the result is that of the
 * same rows in memory.
 *
 * @param x Data, shape [n, d], finite, or a source of blocks of them.
 * @param options `clusters` is required, between 1 and n; all others have defaults.
 * @returns The fitted model.
 * @throws {RangeError} In the same cases as {@link kMeans}.
 * @see Sculley (2010), https://doi.org/10.1145/1772690.1772862
 * @see Bradley & Fayyad (1998), Refining initial points for k-means clustering
 */
export async function miniBatchKMeans(
  x: RowsLike,
  options: MiniBatchKMeansOptions,
): Promise<KMeansModel> {
  const given = givenOptions(options, batchOptionNames, "miniBatchKMeans");
  throwIfAborted(given.signal);
  return await releasing(openData(x, {}, given.signal), async (opening) => {
    const [rows, copied] = await Promise.all([opening, copyOptions(given)]);
    return await fitMiniBatches(rows, checkBatchOptions(rows, copied));
  });
}

async function fitMiniBatches(rows: Rows, checked: BatchOptions): Promise<KMeansModel> {
  await ensureBackend();
  const frame = await kMeansFrame(rows, checked);
  const { centroids, ...run } = frame.restore(
    await fitBatches(frame.x, { ...checked, ...frame.options }),
  );
  return new KMeansModel({
    ...run,
    centroids: { values: centroids, shape: [checked.clusters, rows.shape[1]] },
    classes: startClasses(checked),
  });
}

async function fitBatches(x: Rows, options: BatchOptions): Promise<LloydRun> {
  const source = random(options.seed);
  const start = await batchStart(x, options, source.split(0));
  const { history, ...run } = await runBatches(x, start, options, source.split(1));
  return {
    ...run,
    inertiaHistory: Float64Array.from(history, (meanInertia) => meanInertia * x.shape[0]),
    iterations: history.length,
  };
}

/** Labels all rows, and sums up their distances one by one, so that blocks make no difference. */
async function assignAll(
  x: Rows,
  centroids: Float64Array,
  { clusters, sampleWeight, signal }: BatchOptions,
): Promise<Pick<LloydRun, "labels" | "inertia">> {
  const [n] = x.shape;
  let labels: Int32Array | undefined;
  let inertia = 0;
  for await (const { x: block, firstRow } of rowBlocks(x, signal)) {
    const weights = sampleWeight?.subarray(firstRow, firstRow + block.shape[0]);
    const of = { from: inertia, weights };
    const found = await nearestWithSum(block, centroids, clusters, of, signal);
    inertia = found.sum;
    if (found.labels.length === n) labels = found.labels;
    else (labels ??= new Int32Array(n)).set(found.labels, firstRow);
  }
  return { labels: labels!, inertia };
}

const batchOptionNames: OptionNames<MiniBatchKMeansOptions> = {
  ...kMeansOptionNames,
  batchSize: true,
  maxNoImprovement: true,
  reassignmentRatio: true,
};

function checkBatchOptions(
  x: Pick<HostMatrix, "shape">,
  options: CopiedOptions<MiniBatchKMeansOptions>,
): BatchOptions {
  const batchSize = checkInteger(options.batchSize ?? 1024, "batchSize", { min: 1 });
  const checked = checkKMeansOptions(x, {
    ...options,
    maxIterations: options.maxIterations ?? 100,
    tolerance: options.tolerance ?? 0,
    restarts: options.restarts ?? (isRandomStart(options.init) ? 3 : 1),
  });
  const { maxNoImprovement = 10, reassignmentRatio = 0.01 } = options;
  return {
    ...checked,
    batchSize: Math.min(batchSize, x.shape[0]),
    maxNoImprovement: checkInteger(maxNoImprovement, "maxNoImprovement", { min: 1 }),
    reassignmentRatio: checkNumber(reassignmentRatio, "reassignmentRatio", { min: 0, max: 1 }),
  };
}

async function runBatches(
  x: Rows,
  start: Float64Array,
  options: BatchOptions,
  source: Random,
): Promise<Omit<LloydRun, "inertiaHistory" | "iterations"> & { history: number[] }> {
  const { batchSize, clusters, onIteration, signal } = options;
  const [n, d] = x.shape;
  const largestShift = options.tolerance === 0
    ? 0
    : options.tolerance * await meanVariance(x, signal);
  const monitor = new BatchMonitor(Math.min(1, 2 * batchSize / (n + 1)), options.maxNoImprovement);
  const moves = source.split(0);
  const seen = new Float64Array(clusters);
  const history: number[] = [];
  const steps = Math.max(1, Math.floor(options.maxIterations * n / batchSize));
  const centroids = start.slice();
  let before = start;
  let sinceReassignment = 0;
  let [converged, ended] = [false, false];
  let assigned: Awaited<ReturnType<typeof assignAll>>;
  for await (const { x: held, weights, draw, session } of drawBatches(x, source, options)) {
    let unseen = seen.includes(0);
    const after = (rows: Uint32Array, inertia: number) => {
      let changed = false;
      sinceReassignment += batchSize;
      if (unseen || sinceReassignment >= 10 * clusters) {
        sinceReassignment = 0;
        const batch = { x: held, rows, weights };
        changed = reassignStarved(batch, centroids, seen, options.reassignmentRatio, moves);
      }
      unseen = seen.includes(0);
      history.push(inertia / batchSize);
      const settled = history.length > 1 && largestShift > 0 &&
        areClose(before, centroids, largestShift);
      onIteration?.({
        restart: 0,
        iteration: history.length - 1,
        inertia: inertia / batchSize * n,
        changed: batchSize,
        centroids: { values: before, shape: [clusters, d] },
      });
      throwIfAborted(signal);
      if (largestShift > 0 || onIteration) before = centroids.slice();
      converged = monitor.isStale(inertia / batchSize) || settled;
      ended = converged || history.length === steps;
      return ended ? "end" : changed ? "changed" : "unchanged";
    };
    await session.steps(centroids, seen, { size: batchSize, draw, after });
    if (!ended) continue;
    // As long as the batches hold the data.
    assigned = await assignAll(x, centroids, options);
    break;
  }
  return { centroids, history, converged, ...assigned! };
}
