import {
  disposing,
  type HostMatrix,
  openPlusPlus,
  pacer,
  type PlusPlusDraws,
  type PlusPlusSession,
  type Random,
  takeRows,
} from "@mixtape/tensor-utils";
import type { StartOptions } from "./start_centroids.ts";

/**
 * Chooses initial centroids by greedy k-means++, one set per source of randomness, on data that is
 * uploaded once.
 */
export async function plusPlusStarts(
  x: HostMatrix,
  clusters: number,
  sources: readonly Random[],
  { sampleWeight, signal }: StartOptions,
): Promise<Float64Array[]> {
  return await disposing(openPlusPlus(x, sampleWeight, signal), async (session) => {
    const pace = pacer(signal);
    const starts: Float64Array[] = [];
    for (const source of sources) {
      await pace();
      const rows = await chooseRows(session, x, clusters, source, { sampleWeight, signal });
      starts.push(Float64Array.from(takeRows(x, rows).values));
    }
    return starts;
  });
}

/**
 * Chooses rows by greedy k-means++: each next centroid is the best of 2 + ⌊ln k⌋ rows drawn with
 * probability proportional to their squared distance to the nearest centroid so far.
 *
 * @see Arthur & Vassilvitskii (2007), https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf
 */
async function chooseRows(
  session: PlusPlusSession,
  { shape: [n] }: HostMatrix,
  clusters: number,
  source: Random,
  { sampleWeight, signal }: StartOptions,
): Promise<Uint32Array> {
  const trials = 2 + Math.floor(Math.log(clusters));
  const uniforms = new Float64Array(1 + (clusters - 1) * trials).map(() => source.next());
  const draws = { clusters, trials, uniforms };
  const weights = () => sampleWeight ?? new Float64Array(n).fill(1);
  return await session.choose?.(draws) ?? await chooseInSteps(session, draws, weights(), signal);
}

async function chooseInSteps(
  session: PlusPlusSession,
  { clusters, trials, uniforms }: PlusPlusDraws,
  weights: Float64Array,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const pace = pacer(signal);
  const rows = new Uint32Array(clusters);
  const closest = new Float64Array(weights.length).fill(Infinity);
  const cumulative = new Float64Array(weights.length);
  sumUp(weights, cumulative);
  rows[0] = draw(cumulative, uniforms[0]);
  await session.accept(rows[0], closest);
  for (let c = 1; c < clusters; c++) {
    await pace();
    sumUp(weights, cumulative, closest);
    if (!(cumulative[cumulative.length - 1] > 0)) sumUp(weights, cumulative);
    const end = 1 + c * trials;
    const candidates = Uint32Array.from(
      uniforms.subarray(end - trials, end),
      (share) => draw(cumulative, share),
    );
    const { potentials } = await session.candidates(candidates, closest);
    rows[c] = candidates[indexOfSmallest(potentials)];
    await session.accept(rows[c], closest);
  }
  return rows;
}

/** Writes running sums of the weights, each multiplied by its factor if factors are given. */
function sumUp(weights: Float64Array, cumulative: Float64Array, factors?: Float64Array): void {
  const end = weights.length;
  let total = 0;
  if (factors) { for (let i = 0; i < end; i++) cumulative[i] = total += weights[i] * factors[i]; }
  else for (let i = 0; i < end; i++) cumulative[i] = total += weights[i];
}

/**
 * Draws an index with probability proportional to its share of the sum: the first whose cumulative
 * weight exceeds a share of it from 0 to 1, so that an index of weight 0 is never drawn.
 */
function draw(cumulative: Float64Array, share: number): number {
  const value = share * cumulative[cumulative.length - 1];
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function indexOfSmallest(values: Float64Array): number {
  return values.reduce((best, value, i) => value < values[best] ? i : best, 0);
}
