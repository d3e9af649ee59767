import {
  type CandidateDraws,
  type CandidateRound,
  disposing,
  openLloydOnce,
  pacer,
  random,
  type RowReader,
  type RowsBlock,
} from "@mixtape/tensor-utils";
import type { StartOptions } from "./start_centroids.ts";

/**
 * Does a round of k-means‖ over all blocks.
 *
 * @returns The sum of the parts of the blocks, and the rows that are drawn.
 */
export async function drawCandidates(
  rows: RowReader,
  round: CandidateRound,
  { sampleWeight, signal }: StartOptions,
): Promise<CandidateDraws> {
  const elsewhere = sampleWeight ? undefined : rows.passes?.drawCandidates?.(rows, round, signal);
  let total: CandidateDraws | undefined;
  for await (const part of elsewhere ?? drawHere(rows, round, { sampleWeight, signal })) {
    total = total ? kept(add(total, part), round.draws) : part;
  }
  return kept(total!, round.draws);
}

async function* drawHere(
  rows: RowReader,
  round: CandidateRound,
  { sampleWeight, signal }: StartOptions,
): AsyncGenerator<CandidateDraws> {
  const pace = pacer(signal);
  for await (const block of rows.blocks(signal)) {
    const { x: { shape: [count] }, firstRow } = block;
    const weights = sampleWeight?.subarray(firstRow, firstRow + count);
    yield await drawFromBlock(block, round, weights, signal);
    await pace();
  }
}

/**
 * Draws candidates from a block: it depends on nothing but its arguments, and gives the same bits on
 * any number of threads.
 *
 * @param block The rows.
 * @param round The round.
 * @param sampleWeight Weight of each row of the block; all 1 by default.
 * @param signal Ends the work; the promise is then rejected with its reason.
 * @returns Its part in the round, with more rows than will be drawn.
 */
export async function drawFromBlock(
  { x, firstRow }: RowsBlock,
  { candidates, draws, seed }: CandidateRound,
  sampleWeight?: Float64Array,
  signal?: AbortSignal,
): Promise<CandidateDraws> {
  const opened = openLloydOnce(x, sampleWeight, signal);
  const { counts, distances } = await disposing(opened, async (session) => {
    const { counts } = await session.step(candidates);
    return { counts: counts.slice(), distances: await session.distances() };
  });
  const stream = random(seed).split(firstRow);
  const [n, d] = x.shape;
  const places: number[] = [];
  const keys: number[] = [];
  let cost = 0;
  for (let i = 0; i < n; i++) {
    const own = sampleWeight ? sampleWeight[i] * distances[i] : distances[i];
    cost += own;
    if (draws === 0) continue;
    const key = own / stream.next();
    // The cost of all rows is no less than that of those so far.
    if (!(key > cost / draws)) continue;
    places.push(i);
    keys.push(key);
  }
  const rows = joined(places.map((i) => x.values.subarray(i * d, (i + 1) * d)));
  return kept({ cost, counts, rows, keys: Float64Array.from(keys) }, draws);
}

function add(total: CandidateDraws, part: CandidateDraws): CandidateDraws {
  return {
    cost: total.cost + part.cost,
    counts: total.counts.map((count, candidate) => count + part.counts[candidate]),
    rows: joined([total.rows, part.rows]),
    keys: joined([total.keys, part.keys]),
  };
}

/** Keeps the rows that the cost so far lets be drawn. */
function kept(total: CandidateDraws, draws: number): CandidateDraws {
  const { cost, rows, keys } = total;
  const d = rows.length / keys.length;
  const places = Array.from(keys.keys()).filter((place) => keys[place] > cost / draws);
  if (places.length === keys.length) return total;
  return {
    ...total,
    // Number by number, a filter takes a hundred times as long.
    rows: joined(places.map((place) => rows.subarray(place * d, (place + 1) * d))),
    keys: Float64Array.from(places, (place) => keys[place]),
  };
}

/** Joins numbers, one list after the other. */
export function joined(parts: readonly ArrayLike<number>[]): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
