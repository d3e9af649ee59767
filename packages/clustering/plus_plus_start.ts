import {
  type HostMatrix,
  openPlusPlus,
  type PlusPlusSession,
  type Random,
  takeRows,
  throwIfAborted,
} from "@mixtape/tensor-utils";

/**
 * Starts by greedy k-means++, as many as there are sources of randomness, on data that is uploaded
 * once.
 */
export async function plusPlusStarts(
  x: HostMatrix,
  clusters: number,
  sources: readonly Random[],
  { sampleWeight, signal }: { sampleWeight?: Float64Array; signal?: AbortSignal },
): Promise<Float64Array[]> {
  using session = openPlusPlus(x, sampleWeight);
  const weights = sampleWeight ?? new Float64Array(x.shape[0]).fill(1);
  const starts: Float64Array[] = [];
  for (const source of sources) {
    const rows = await chooseRows(session, clusters, source, weights, signal);
    starts.push(Float64Array.from(takeRows(x, rows).values));
  }
  return starts;
}

/**
 * Greedy k-means++: each next centroid is the best of 2 + ⌊ln k⌋ rows drawn in proportion to their
 * squared distance to the nearest centroid so far.
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
  const rows = new Uint32Array(clusters);
  const trials = 2 + Math.floor(Math.log(clusters));
  const closest = new Float64Array(weights.length).fill(Infinity);
  rows[0] = draw(weights, 1, source)[0];
  await session.accept(rows[0], closest);
  for (let c = 1; c < clusters; c++) {
    throwIfAborted(signal);
    const chances = closest.map((distance, i) => weights[i] * distance);
    const candidates = draw(
      chances.some((chance) => chance > 0) ? chances : weights,
      trials,
      source,
    );
    const { potentials } = await session.candidates(candidates, closest);
    rows[c] = candidates[indexOfSmallest(potentials)];
    await session.accept(rows[c], closest);
  }
  return rows;
}

/** Draws indices in proportion to their chances, with replacement. */
function draw(chances: Float64Array, count: number, source: Random): Uint32Array {
  const cumulative = new Float64Array(chances.length);
  let total = 0;
  for (let i = 0; i < chances.length; i++) cumulative[i] = total += chances[i];
  return Uint32Array.from({ length: count }, () => firstAbove(cumulative, source.next() * total));
}

/**
 * The first index whose cumulative chance exceeds `value`, so that an index without a chance is
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
