import { gatherRows, openLloyd, type Random, type RowReader } from "@mixtape/tensor-utils";
import { bestRun } from "./best_run.ts";
import { drawCandidates, joined } from "./draw_candidates.ts";
import { rowAt, totalWeight } from "./row_at.ts";
import type { StartOptions } from "./start_centroids.ts";

/** Number of rounds in which candidates are drawn. */
const ROUNDS = 3;
/** Number of candidates that a round draws on average, per cluster. */
const OVERSAMPLING = 2;
/** Number of times that candidates are clustered: one start may miss a cluster that they cover. */
const RESTARTS = 4;
/** Largest number of iterations over the candidates. */
const MOST_ITERATIONS = 30;

/**
 * Chooses initial centroids by k-means‖ from rows that are read in blocks: a reading up to a random
 * row, one per round and one to weigh the candidates, however many clusters there are. Each round
 * draws rows independently of each other, with probability proportional to their squared distance to
 * the nearest candidate so far. The candidates, each with the weight of the rows that it is nearest
 * to, are then clustered in memory, from several starts by greedy k-means++ of which the best is kept.
 *
 * Rows are drawn by streams of their blocks, so that the choice is the same wherever, and however many
 * at a time, blocks are computed with.
 *
 * @see Bahmani et al. (2012), https://doi.org/10.14778/2180912.2180915
 */
export async function parallelStart(
  rows: RowReader,
  clusters: number,
  source: Random,
  options: StartOptions = {},
): Promise<Float64Array> {
  const { sampleWeight, signal } = options;
  const [n, d] = rows.shape;
  const draw = source.next() * totalWeight(n, sampleWeight);
  const first = await gatherRows(rows, [rowAt(draw, n, sampleWeight)], signal);
  let candidates = Float64Array.from(first.values);
  for (let round = 0;; round++) {
    const isLast = round >= ROUNDS && candidates.length >= clusters * d;
    const draws = isLast ? 0 : OVERSAMPLING * clusters;
    const seed = source.integer(2 ** 32);
    const found = await drawCandidates(rows, { candidates, draws, seed }, options);
    if (isLast || found.cost === 0) {
      return await clusterCandidates(candidates, found.counts, clusters, source, signal);
    }
    candidates = joined([candidates, found.rows]);
  }
}

/** Clusters weighted candidates. */
async function clusterCandidates(
  candidates: Float64Array,
  counts: Float64Array,
  clusters: number,
  source: Random,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const m = counts.length;
  const x = { values: candidates, shape: [m, candidates.length / m] as const };
  const options = {
    clusters,
    init: "k-means++",
    restarts: RESTARTS,
    seed: source.integer(2 ** 32),
    maxIterations: MOST_ITERATIONS,
    tolerance: 0,
    sampleWeight: counts,
    signal,
  } as const;
  return (await bestRun(x, options, () => openLloyd(x, counts, signal))).centroids;
}
