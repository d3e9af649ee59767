import {
  disposing,
  type HostMatrix,
  inPieces,
  openPlusPlus,
  pacer,
  pieceSize,
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
  options: StartOptions,
): Promise<Float64Array[]> {
  const { sampleWeight, signal } = options;
  return await disposing(openPlusPlus(x, sampleWeight, signal), async (session) => {
    const pace = pacer(signal);
    const starts: Float64Array[] = [];
    for (const source of sources) {
      await pace();
      const rows = await chooseRows(session, x, clusters, source, options);
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
  options: StartOptions,
): Promise<Uint32Array> {
  const draws = plusPlusDraws(clusters, source);
  return await session.choose?.(draws) ?? await chooseInSteps(session, draws, n, options);
}

/** Draws all that decides a choice of rows. */
export function plusPlusDraws(clusters: number, source: Random): PlusPlusDraws {
  const trials = 2 + Math.floor(Math.log(clusters));
  const uniforms = new Float64Array(1 + (clusters - 1) * trials).map(() => source.next());
  return { clusters, trials, uniforms };
}

async function chooseInSteps(
  session: PlusPlusSession,
  { clusters, trials, uniforms }: PlusPlusDraws,
  n: number,
  options: StartOptions,
): Promise<Uint32Array> {
  const { signal } = options;
  const pace = pacer(signal);
  const rows = new Uint32Array(clusters);
  const closest = new Float64Array(n);
  await inPieces(n, pieceSize(), (start, end) => closest.fill(Infinity, start, end), signal);
  const cumulative = new Float64Array(n);
  await sumUp(cumulative, options);
  rows[0] = draw(cumulative, uniforms[0]);
  await session.accept(rows[0], closest);
  for (let c = 1; c < clusters; c++) {
    await pace();
    await sumUp(cumulative, options, closest);
    if (!(cumulative[n - 1] > 0)) await sumUp(cumulative, options);
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

/** Writes running sums of weights times factors, all of them 1 unless they are given. */
async function sumUp(
  cumulative: Float64Array,
  { sampleWeight: weights, signal }: StartOptions,
  factors?: Float64Array,
): Promise<void> {
  let total = 0;
  await inPieces(cumulative.length, pieceSize(), (start, end) => {
    let sum = total;
    for (let i = start; i < end; i++) {
      cumulative[i] = sum += (weights ? weights[i] : 1) * (factors ? factors[i] : 1);
    }
    total = sum;
  }, signal);
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
