import {
  disposing,
  type HostMatrix,
  openPlusPlus,
  pacer,
  type PlusPlusSession,
  type Random,
  takeRows,
} from "@mixtape/tensor-utils";

/**
 * Chooses initial centroids by greedy k-means++, one set per source of randomness, on data that is
 * uploaded once.
 */
export async function plusPlusStarts(
  x: HostMatrix,
  clusters: number,
  sources: readonly Random[],
  { sampleWeight, signal }: { sampleWeight?: Float64Array; signal?: AbortSignal },
): Promise<Float64Array[]> {
  const weights = sampleWeight ?? new Float64Array(x.shape[0]).fill(1);
  return await disposing(openPlusPlus(x, sampleWeight, signal), async (session) => {
    const starts: Float64Array[] = [];
    for (const source of sources) {
      const rows = await chooseRows(session, clusters, source, weights, signal);
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
  clusters: number,
  source: Random,
  weights: Float64Array,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const pace = pacer(signal);
  const rows = new Uint32Array(clusters);
  const trials = 2 + Math.floor(Math.log(clusters));
  const closest = new Float64Array(weights.length).fill(Infinity);
  const cumulative = new Float64Array(weights.length);
  sumUp(weights, cumulative);
  rows[0] = draw(cumulative, 1, source)[0];
  await session.accept(rows[0], closest);
  for (let c = 1; c < clusters; c++) {
    await pace();
    sumUp(weights, cumulative, closest);
    if (!(cumulative[cumulative.length - 1] > 0)) sumUp(weights, cumulative);
    const candidates = draw(cumulative, trials, source);
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

/** Draws indices with replacement, each with probability proportional to its share of the sum. */
function draw(cumulative: Float64Array, count: number, source: Random): Uint32Array {
  const total = cumulative[cumulative.length - 1];
  return Uint32Array.from({ length: count }, () => firstAbove(cumulative, source.next() * total));
}

/**
 * Finds the first index whose cumulative weight exceeds `value`, so that an index of weight 0 is
 * never drawn.
 */
function firstAbove(cumulative: Float64Array, value: number): number {
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
