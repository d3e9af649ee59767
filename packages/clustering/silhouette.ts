import {
  checkInteger,
  checkOnePerRow,
  type CompactLabels,
  compactLabels,
  describeValue,
  distance,
  givenOptions,
  hostMatrix,
  type Label,
  type MatrixLike,
  type OptionNames,
  pacer,
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
  /** Aborts the measurement; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
}

const optionNames: OptionNames<SilhouetteOptions> = { sampleSize: true, seed: true, signal: true };

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
 * @param options Size and seed of the sample, and a signal.
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
  const given = givenOptions(options, optionNames, "silhouette");
  const [only] = await measure(x, [{ name: "labels", ...compactLabels(labels) }], given);
  return only;
}

/**
 * Computes the silhouettes of several clusterings of the same data on the same sample, such as those
 * to choose a number of clusters from. Each is what {@link silhouette} gives; distances, which take
 * nearly all of the time, are computed once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { silhouettes } from "@mixtape/clustering";
 *
 * const x = { values: new Float32Array([0, 1, 9, 10]), shape: [4, 1] } as const;
 * const [good, bad] = await silhouettes(x, [[0, 0, 1, 1], [0, 1, 0, 1]]);
 * assert.ok(good.mean > 0.85 && bad.mean < 0);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param labelings For each clustering, the cluster of each row, as {@link silhouette} takes it.
 * @param options Size and seed of the sample, and a signal.
 * @returns The silhouette of each clustering, in the same order.
 * @throws {TypeError} If `labelings` is not an array of arrays, or one mixes kinds of labels.
 * @throws {RangeError} As {@link silhouette}, if it is so for one of the clusterings.
 */
export async function silhouettes(
  x: MatrixLike,
  labelings: readonly ArrayLike<Label>[],
  options?: SilhouetteOptions,
): Promise<Silhouette[]> {
  const given = givenOptions(options, optionNames, "silhouettes");
  if (!Array.isArray(labelings)) {
    throw new TypeError(
      `Cannot use labelings: ${describeValue(labelings)} was given, ` +
        `an array with the labels of each clustering is needed`,
    );
  }
  const named = labelings.map((labels, at) => {
    const name = `labelings[${at}]`;
    return { name, ...compactLabels(labels, name) };
  });
  return await measure(x, named, given);
}

interface NamedLabels extends CompactLabels {
  readonly name: string;
}

/** The clusters of the sampled rows, and the silhouettes as they are computed. */
interface Measured {
  readonly labels: Int32Array;
  readonly sizes: Uint32Array;
  readonly values: Float64Array;
}

async function measure(
  x: MatrixLike,
  labelings: readonly NamedLabels[],
  options: SilhouetteOptions,
): Promise<Silhouette[]> {
  const matrix = await hostMatrix(x, "x", { minRows: 3 });
  const n = matrix.shape[0];
  for (const { name, codes } of labelings) checkOnePerRow(codes, n, name);
  const size = Math.min(n, checkInteger(options.sampleSize ?? 2000, "sampleSize", { min: 3 }));
  const rows = random(options.seed ?? 0).sample(n, size).sort();
  const drawn = takeRows(matrix, rows);
  const sample = scaledMatrix(drawn, safeExponent(wideMagnitude(drawn)));
  const all = labelings.map((labels) => labelsOfSample(labels, rows));
  const pace = pacer(options.signal);
  for (const { start, end, values: squared } of squaredDistances(sample, sample)) {
    await pace();
    for (let i = start; i < end; i++) {
      const distances = squared.subarray((i - start) * size, (i - start + 1) * size);
      for (let j = 0; j < size; j++) distances[j] = distance(sample, i, sample, j, distances[j]);
      for (const { labels, sizes, values } of all) {
        values[i] = silhouetteOf(distances, labels, labels[i], sizes);
      }
    }
  }
  return all.map(({ values }) => ({
    mean: values.reduce((sum, value) => sum + value, 0) / size,
    rows: rows.slice(),
    values,
  }));
}

/** Renumbers labels, so that clusters without a row in the sample cost nothing. */
function labelsOfSample({ codes }: NamedLabels, rows: Uint32Array): Measured {
  const { codes: labels, values: present } = compactLabels(
    Int32Array.from(rows, (row) => codes[row]),
  );
  const sizes = new Uint32Array(present.length);
  for (const label of labels) sizes[label]++;
  checkDivision(present.length, rows.length);
  return { labels, sizes, values: new Float64Array(rows.length) };
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
