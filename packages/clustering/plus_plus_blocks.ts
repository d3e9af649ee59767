import { gatherRows, pointDistances, type Random, type RowReader } from "@mixtape/tensor-utils";
import type { StartOptions } from "./start_centroids.ts";

/**
 * Chooses initial centroids by greedy k-means++ from rows that are read in blocks: two readings per
 * centroid, and 8 bytes per row. It draws as `plusPlusStarts` does in memory; as distances are
 * rounded otherwise, it may choose another row where two are equally good.
 *
 * @see Arthur & Vassilvitskii (2007), https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf
 */
export async function plusPlusOverBlocks(
  rows: RowReader,
  clusters: number,
  source: Random,
  { sampleWeight, signal }: StartOptions = {},
): Promise<Float64Array> {
  const [n, d] = rows.shape;
  const trials = 2 + Math.floor(Math.log(clusters));
  const pool = new Pool(rows, sampleWeight, signal);
  const heaviness = sampleWeight ? sampleWeight.reduce((sum, weight) => sum + weight, 0) : n;
  const chosen = new Float64Array(clusters * d);
  let points = await gatherRows(rows, [pool.rowAt(source.next() * heaviness)], signal);
  for (let c = 0;; c++) {
    const potentials = await pool.potentials(points);
    const best = potentials.indexOf(potentials.reduce((a, b) => Math.min(a, b)));
    const point = points.subarray(best * d, (best + 1) * d);
    chosen.set(point, c * d);
    if (c === clusters - 1) return chosen;
    const total = potentials[best];
    const isSpent = !(total > 0);
    const draws = Array.from(
      { length: trials },
      () => source.next() * (isSpent ? heaviness : total),
    );
    points = isSpent
      ? await gatherRows(rows, draws.map((draw) => pool.rowAt(draw)), signal)
      : await pool.accept(point, draws);
  }
}

/** Rows with their squared distances to the closest centroid so far. */
class Pool {
  readonly #rows: RowReader;
  readonly #weights?: Float64Array;
  readonly #signal?: AbortSignal;
  readonly #closest: Float64Array;

  constructor(rows: RowReader, weights?: Float64Array, signal?: AbortSignal) {
    this.#rows = rows;
    this.#weights = weights;
    this.#signal = signal;
    this.#closest = new Float64Array(rows.shape[0]).fill(Infinity);
  }

  /** Returns the first row up to which the weights add up to more than `draw`. */
  rowAt(draw: number): number {
    const [n] = this.#rows.shape;
    const weights = this.#weights;
    if (!weights) return Math.min(n - 1, Math.floor(draw));
    let total = 0;
    const found = weights.findIndex((weight) => (total += weight) > draw);
    return found === -1 ? n - 1 : found;
  }

  /** Returns, for each point, the sum of distances to the closest centroid if it were one. */
  async potentials(points: Float64Array): Promise<Float64Array> {
    const k = points.length / this.#rows.shape[1];
    const potentials = new Float64Array(k);
    const closest = this.#closest;
    const weights = this.#weights;
    for await (const { distances, firstRow } of this.#measure(points)) {
      for (let at = 0, i = firstRow; at < distances.length; i++) {
        const weight = weights ? weights[i] : 1;
        for (let c = 0; c < k; c++, at++) {
          potentials[c] += weight * Math.min(closest[i], distances[at] * distances[at]);
        }
      }
    }
    return potentials;
  }

  /**
   * Takes a point as a centroid, and returns the first rows up to which the weighted distances to
   * the closest centroid add up to more than each draw.
   */
  async accept(point: Float64Array, draws: readonly number[]): Promise<Float64Array> {
    const d = point.length;
    const drawn = new Float64Array(draws.length * d);
    const pending = Array.from(draws.keys()).sort((a, b) => draws[a] - draws[b]);
    const closest = this.#closest;
    const weights = this.#weights;
    const [n] = this.#rows.shape;
    let next = 0;
    let total = 0;
    for await (const { x, distances, firstRow } of this.#measure(point)) {
      for (let at = 0; at < distances.length; at++) {
        const i = firstRow + at;
        closest[i] = Math.min(closest[i], distances[at] * distances[at]);
        total += (weights ? weights[i] : 1) * closest[i];
        while (next < draws.length && (total > draws[pending[next]] || i === n - 1)) {
          drawn.set(x.values.subarray(at * d, (at + 1) * d), pending[next++] * d);
        }
      }
    }
    return drawn;
  }

  async *#measure(points: Float64Array) {
    const [, d] = this.#rows.shape;
    const matrix = { values: points, shape: [points.length / d, d] as const };
    for await (const { x, firstRow } of this.#rows.blocks(this.#signal)) {
      const { values: distances } = await pointDistances(x, matrix);
      yield { x, firstRow, distances };
    }
  }
}
