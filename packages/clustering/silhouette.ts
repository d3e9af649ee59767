import {
  checkInteger,
  compactLabels,
  distance,
  givenOptions,
  hostMatrix,
  type Label,
  type MatrixLike,
  random,
  safeExponent,
  scaledMatrix,
  squaredDistances,
  takeRows,
  wideMagnitude,
} from "@mixtape/tensor-utils";

/** Options of {@link silhouette}. */
export interface SilhouetteOptions {
  /**
   * Number of rows to draw, at least 3; 2,000 by default, since time grows with its square. If
   * there are fewer rows, all are taken.
   */
  sampleSize?: number;
  /** Seed of the draw, 0 by default. */
  seed?: number;
}

/**
 * Silhouette of the sampled rows: how much nearer they are to their own cluster than to the next
 * one.
 */
export interface Silhouette {
  /** Mean of `values`, from −1 to 1. */
  readonly mean: number;
  /** Indices of the sampled rows, ascending. */
  readonly rows: Uint32Array;
  /**
   * (b − a) / max(a, b) for each sampled row: a is its mean distance to the other rows of its own
   * cluster, b that to the rows of the nearest other cluster.
   */
  readonly values: Float64Array;
}

/**
 * Computes the silhouette of a clustering on a seeded sample of its rows, as scikit-learn's
 * `silhouette_score` does with `sample_size`: distances are to sampled rows only. A row that is
 * alone in its cluster has silhouette 0.
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
 * @param labels The cluster of each row: any numbers, big integers, strings or booleans.
 * @param options Size and seed of the sample.
 * @returns The mean, and the value of each sampled row.
 * @throws {TypeError} If `labels` is not an array, or mixes kinds of labels.
 * @throws {RangeError} If the sample has fewer than 2 clusters, or no cluster with more than one
 * row, a label is NaN, or there is not one label per row.
 * @see Rousseeuw (1987), https://doi.org/10.1016/0377-0427(87)90125-7
 */
export async function silhouette(
  x: MatrixLike,
  labels: ArrayLike<Label>,
  options?: SilhouetteOptions,
): Promise<Silhouette> {
  const given = givenOptions(options, { sampleSize: true, seed: true }, "silhouette");
  const { codes } = compactLabels(labels);
  const matrix = await hostMatrix(x, "x", { minRows: 3 });
  const n = matrix.shape[0];
  if (codes.length !== n) {
    throw new RangeError(
      `Cannot use labels: ${codes.length} were given for ${n} rows, one per row is needed`,
    );
  }
  const size = Math.min(n, checkInteger(given.sampleSize ?? 2000, "sampleSize", { min: 3 }));
  const rows = random(given.seed ?? 0).sample(n, size).sort();
  const drawn = takeRows(matrix, rows);
  const sample = scaledMatrix(drawn, safeExponent(wideMagnitude(drawn)));
  // Renumbered, so that clusters without a row in the sample cost nothing.
  const { codes: own, values: present } = compactLabels(Int32Array.from(rows, (row) => codes[row]));
  const sizes = new Uint32Array(present.length);
  for (const label of own) sizes[label]++;
  checkDivision(present.length, size);
  const values = new Float64Array(size);
  for (const { start, end, values: squared } of squaredDistances(sample, sample)) {
    for (let i = start; i < end; i++) {
      const distances = squared.subarray((i - start) * size, (i - start + 1) * size);
      for (let j = 0; j < size; j++) distances[j] = distance(sample, i, sample, j, distances[j]);
      values[i] = silhouetteOf(distances, own, own[i], sizes);
    }
  }
  return { mean: values.reduce((sum, value) => sum + value, 0) / size, rows, values };
}

function silhouetteOf(
  distances: Float64Array,
  labels: Int32Array,
  label: number,
  sizes: Uint32Array,
): number {
  if (sizes[label] === 1) return 0;
  const sums = new Float64Array(sizes.length);
  for (let j = 0; j < labels.length; j++) sums[labels[j]] += distances[j];
  const within = sums[label] / (sizes[label] - 1);
  let nearest = Infinity;
  sums.forEach((sum, other) => {
    if (other !== label) nearest = Math.min(nearest, sum / sizes[other]);
  });
  const larger = Math.max(within, nearest);
  return larger === 0 ? 0 : (nearest - within) / larger;
}

function checkDivision(clusters: number, rows: number): void {
  if (clusters >= 2 && clusters < rows) return;
  throw new RangeError(
    `Cannot compute a silhouette: the ${rows} rows of the sample are in ${clusters} ` +
      `${clusters === 1 ? "cluster" : "clusters"}, between 2 and ${rows - 1} are needed`,
  );
}
