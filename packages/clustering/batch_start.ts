import { disposing, gatherRows, openLloyd, type Random, type Rows } from "@mixtape/tensor-utils";
import { bestOf } from "./best_run.ts";
import { chooseStarts } from "./choose_starts.ts";
import type { CheckedOptions } from "./kmeans_options.ts";

/** Largest number of iterations that refine a random start on a sample. */
const REFINEMENTS = 10;

/** Options of {@link batchStart}. */
export interface BatchStartOptions extends CheckedOptions {
  /** Number of rows per batch. */
  readonly batchSize: number;
}

/**
 * Chooses the initial centroids of mini-batches. Random ones are refined by Lloyd's algorithm on a
 * sample of three batches, and those with the lowest inertia there are taken: batches move centroids
 * less and less, so that one between two groups, or one of two in the same group, would stay there.
 *
 * @param x The data.
 * @param options Options of the fit.
 * @param source Randomness of the samples.
 * @returns k × d numbers.
 * @see Bradley & Fayyad (1998), Refining initial points for k-means clustering, ICML
 */
export async function batchStart(
  x: Rows,
  options: BatchStartOptions,
  source: Random,
): Promise<Float64Array> {
  const { clusters, batchSize, init, sampleWeight, signal } = options;
  if (init === "class-means" || init instanceof Float64Array) {
    return (await chooseStarts(x, options))[0];
  }
  const [n] = x.shape;
  const rows = source.sample(n, Math.min(n, 3 * Math.max(batchSize, clusters)));
  const sample = await gatherRows(x, rows, signal);
  // With weights of 0, a sample might have too few rows.
  const starts = await chooseStarts(sampleWeight ? x : sample, options);
  const weights = sampleWeight && Float64Array.from(rows, (row) => sampleWeight[row]);
  return await disposing(openLloyd(sample, weights, signal), async (session) => {
    const rules = { maxIterations: REFINEMENTS, tolerance: 0, sampleWeight: weights, signal };
    return (await bestOf(session, sample, starts, rules)).centroids;
  });
}
