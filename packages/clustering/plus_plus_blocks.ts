import {
  gatherRows,
  type Random,
  rowPieces,
  type RowReader,
  type RowsBlock,
} from "@mixtape/tensor-utils";
import { rowAt, totalWeight } from "./row_at.ts";
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
  const heaviness = totalWeight(n, sampleWeight);
  const chosen = new Float64Array(clusters * d);
  const take = async (indices: number[]) =>
    Float64Array.from((await gatherRows(rows, indices, signal)).values);
  const drawn = (draw: number) => rowAt(draw, n, sampleWeight);
  let points: Float64Array = await take([drawn(source.next() * heaviness)]);
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
    points = isSpent ? await take(draws.map(drawn)) : await pool.accept(point, draws);
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

  /** Returns, for each point, the sum of distances to the closest centroid if it were one. */
  async potentials(points: Float64Array): Promise<Float64Array> {
    const [, d] = this.#rows.shape;
    const potentials = new Float64Array(points.length / d);
    for await (const part of this.#parts(potentials.length)) {
      const { x: { values, shape: [rows] }, firstRow } = part;
      const closest = this.#closest.subarray(firstRow, firstRow + rows);
      const weights = this.#weights?.subarray(firstRow, firstRow + rows);
      addPotentials(values, closest, weights, points, potentials);
    }
    return potentials;
  }

  /**
   * Takes a point as a centroid, and returns the first rows up to which the weighted distances to
   * the closest centroid add up to more than each draw.
   */
  async accept(point: Float64Array, draws: readonly number[]): Promise<Float64Array> {
    const d = point.length;
    const [n] = this.#rows.shape;
    const drawn = new Float64Array(draws.length * d);
    const pending = Array.from(draws.keys()).sort((a, b) => draws[a] - draws[b]);
    let next = 0;
    let total = 0;
    for await (const { x: { values, shape: [rows] }, firstRow } of this.#parts(1)) {
      const closest = this.#closest.subarray(firstRow, firstRow + rows);
      takeCloser(values, closest, point);
      for (let i = 0; i < rows; i++) {
        total += (this.#weights ? this.#weights[firstRow + i] : 1) * closest[i];
        while (next < draws.length && (total > draws[pending[next]] || firstRow + i === n - 1)) {
          drawn.set(values.subarray(i * d, (i + 1) * d), pending[next++] * d);
        }
      }
    }
    return drawn;
  }

  /** Yields the rows in parts whose distances to so many points take some milliseconds. */
  #parts(points: number): AsyncGenerator<RowsBlock> {
    return rowPieces(this.#rows, this.#signal, 2 ** 20 / points);
  }
}

/** Adds to each point's potential the weighted distances of rows to it, or to what is closer. */
function addPotentials(
  values: ArrayLike<number>,
  closest: Float64Array,
  weights: Float64Array | undefined,
  points: Float64Array,
  potentials: Float64Array,
): void {
  const k = potentials.length;
  const d = points.length / k;
  const n = closest.length;
  for (let i = 0; i < n; i++) {
    const weight = weights ? weights[i] : 1;
    for (let c = 0; c < k; c++) {
      potentials[c] += weight * squareWithin(values, i * d, points, c * d, d, closest[i]);
    }
  }
}

/** Replaces the distance of each row by that to the point if the point is closer. */
function takeCloser(
  values: ArrayLike<number>,
  closest: Float64Array,
  point: Float64Array,
): void {
  const d = point.length;
  const n = closest.length;
  for (let i = 0; i < n; i++) closest[i] = squareWithin(values, i * d, point, 0, d, closest[i]);
}

/**
 * Returns the squared distance of a row to a point, or `most` if that is less: most rows are found
 * to be closer to another centroid after a few columns.
 */
function squareWithin(
  values: ArrayLike<number>,
  row: number,
  points: Float64Array,
  point: number,
  d: number,
  most: number,
): number {
  let sum = 0;
  for (let p = 0; p < d;) {
    const end = Math.min(d, p + 8);
    for (; p < end; p++) {
      const difference = values[row + p] - points[point + p];
      sum += difference * difference;
    }
    if (sum >= most) return most;
  }
  return sum;
}
