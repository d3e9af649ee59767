import {
  checkInteger,
  hostMatrix,
  labelArray,
  type MatrixLike,
  random,
  squaredDistances,
  takeRows,
} from "@mixtape/tensor-utils";

/** Options of {@link silhouette}. */
export interface SilhouetteOptions {
  /**
   * How many rows to draw, 2,000 unless given: time grows with its square. All rows if there are no
   * more.
   */
  sampleSize?: number;
  /** Seed of the draw, 0 unless given. */
  seed?: number;
}

/** How much nearer rows are to their own cluster than to the next one. */
export interface Silhouette {
  /** The mean of `values`, from −1 to 1. */
  readonly mean: number;
  /** The rows that were drawn, ascending. */
  readonly rows: Uint32Array;
  /**
   * (b − a) / max(a, b) for each: a is its mean distance to its own cluster, b to the nearest other
   * one.
   */
  readonly values: Float64Array;
}

/**
 * The silhouette of a clustering on a seeded sample of its rows, as scikit-learn's
 * `silhouette_score` with `sample_size`: clusters are what the sample has of them. A row that is
 * alone in its cluster has 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { silhouette } from "@mixtape/clustering";
 *
 * const x = { values: new Float32Array([0, 1, 9, 10]), shape: [4, 1] } as const;
 * const { mean } = await silhouette(x, [0, 0, 1, 1]);
 * assert.ok(mean > 0.85 && mean < 1);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param labels The cluster of each row, from 0.
 * @param options Size and seed of the sample.
 * @returns The mean and the value of each row of the sample.
 * @throws {RangeError} If the sample has fewer than 2 clusters, or none with more than one row.
 * @see Rousseeuw (1987), https://doi.org/10.1016/0377-0427(87)90125-7
 */
export async function silhouette(
  x: MatrixLike,
  labels: ArrayLike<number>,
  options: SilhouetteOptions = {},
): Promise<Silhouette> {
  const matrix = await hostMatrix(x, "x", { minRows: 3 });
  const n = matrix.shape[0];
  const checked = labelArray(labels, n);
  const size = Math.min(n, checkInteger(options.sampleSize ?? 2000, "sampleSize", { min: 3 }));
  const rows = random(options.seed ?? 0).sample(n, size).sort();
  const sample = takeRows(matrix, rows);
  const own = Int32Array.from(rows, (row) => checked[row]);
  const sizes = new Uint32Array(own.reduce((a, b) => Math.max(a, b), 0) + 1);
  for (const label of own) sizes[label]++;
  checkDivision(sizes, size);
  const values = new Float64Array(size);
  for (const { start, end, values: squared } of squaredDistances(sample, sample)) {
    for (let i = start; i < end; i++) {
      const distances = squared.subarray((i - start) * size, (i - start + 1) * size);
      values[i] = silhouetteOf(distances, own, own[i], sizes);
    }
  }
  return { mean: values.reduce((sum, value) => sum + value, 0) / size, rows, values };
}

function silhouetteOf(
  squaredDistances: Float64Array,
  labels: Int32Array,
  label: number,
  sizes: Uint32Array,
): number {
  if (sizes[label] === 1) return 0;
  const sums = new Float64Array(sizes.length);
  for (let j = 0; j < labels.length; j++) sums[labels[j]] += Math.sqrt(squaredDistances[j]);
  const within = sums[label] / (sizes[label] - 1);
  let nearest = Infinity;
  sums.forEach((sum, other) => {
    if (other !== label && sizes[other] > 0) nearest = Math.min(nearest, sum / sizes[other]);
  });
  const larger = Math.max(within, nearest);
  return larger === 0 ? 0 : (nearest - within) / larger;
}

function checkDivision(sizes: Uint32Array, rows: number): void {
  const clusters = sizes.filter((size) => size > 0).length;
  if (clusters >= 2 && clusters < rows) return;
  throw new RangeError(
    `Cannot compute a silhouette: the ${rows} rows of the sample are in ${clusters} ` +
      `${clusters === 1 ? "cluster" : "clusters"}, between 2 and ${rows - 1} are needed`,
  );
}
