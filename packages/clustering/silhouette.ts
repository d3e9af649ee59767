import {
  checkInteger,
  checkOnePerRow,
  type CompactLabels,
  compactLabels,
  describeValue,
  disposing,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  type Label,
  type MatrixLike,
  openDistanceSums,
  type OptionNames,
  pacer,
  random,
  safeExponent,
  scaledMatrix,
  takeRows,
  throwIfAborted,
  wideMagnitude,
} from "@mixtape/tensor-utils";

/** Options of {@link silhouette}. */
export interface SilhouetteOptions {
  /**
   * Largest number of rows to measure, drawn with the seed, at least 3; 2,000 by default, since
   * time grows with its square.
   */
  readonly maxRows?: number;
  /** Seed of the draw, 0 by default. */
  readonly seed?: number;
  /** Aborts the measurement; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Sums of distances that are held at the same time: 128 MiB. */
const MOST_SUMS = 2 ** 24;

const optionNames: OptionNames<SilhouetteOptions> = { maxRows: true, seed: true, signal: true };

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

/** The clusters of the sampled rows, and the mean distances as they are found. */
interface Measured {
  readonly labels: Int32Array;
  readonly sizes: Uint32Array;
  /** Mean distance of each row to the others of its cluster; NaN if there are none. */
  readonly within: Float64Array;
  /** Mean distance of each row to the rows of the nearest other cluster. */
  readonly nearest: Float64Array;
}

/** Some consecutive clusters of a division, whose sums of distances are held at the same time. */
interface Part {
  readonly measured: Measured;
  readonly first: number;
  readonly end: number;
}

async function measure(
  x: MatrixLike,
  labelings: readonly NamedLabels[],
  options: SilhouetteOptions,
): Promise<Silhouette[]> {
  throwIfAborted(options.signal);
  const matrix = await hostMatrix(x, "x", { minRows: 3 }, options.signal);
  const n = matrix.shape[0];
  for (const { name, codes } of labelings) checkOnePerRow(codes, n, name);
  const size = Math.min(n, checkInteger(options.maxRows ?? 2000, "maxRows", { min: 3 }));
  const rows = random(options.seed ?? 0).sample(n, size).sort();
  const drawn = takeRows(matrix, rows);
  const sample = scaledMatrix(drawn, safeExponent(wideMagnitude(drawn)));
  const pace = pacer(options.signal);
  const all: Measured[] = [];
  for (const labels of labelings) {
    await pace();
    all.push(labelsOfSample(labels, rows));
  }
  for (const parts of partsOf(all, size)) await measureParts(sample, parts, options.signal);
  const found: Silhouette[] = [];
  for (const measured of all) {
    await pace();
    const values = silhouettesOf(measured);
    const mean = values.reduce((sum, value) => sum + value, 0) / size;
    found.push({ mean, rows: rows.slice(), values });
  }
  return found;
}

/** Renumbers labels, so that clusters without a row in the sample cost nothing. */
function labelsOfSample({ codes }: NamedLabels, rows: Uint32Array): Measured {
  const { codes: labels, values: present } = compactLabels(
    Int32Array.from(rows, (row) => codes[row]),
  );
  const sizes = new Uint32Array(present.length);
  for (const label of labels) sizes[label]++;
  checkDivision(present.length, rows.length);
  const within = new Float64Array(rows.length).fill(NaN);
  return { labels, sizes, within, nearest: new Float64Array(rows.length).fill(Infinity) };
}

/** Divides clusterings into parts, and these among passes over the distances that memory allows. */
function partsOf(all: readonly Measured[], rows: number): Part[][] {
  const most = Math.max(1, Math.floor(MOST_SUMS / rows));
  const passes: Part[][] = [];
  let left = 0;
  for (const measured of all) {
    const clusters = measured.sizes.length;
    for (let first = 0; first < clusters; first += most) {
      const end = Math.min(first + most, clusters);
      if (end - first > left) {
        passes.push([]);
        left = most;
      }
      passes[passes.length - 1].push({ measured, first, end });
      left -= end - first;
    }
  }
  return passes;
}

async function measureParts(
  x: HostMatrix,
  parts: readonly Part[],
  signal?: AbortSignal,
): Promise<void> {
  const pace = pacer(signal);
  const labelings = parts.map(({ measured: { labels, sizes }, first, end }) => {
    const clusters = end - first;
    if (clusters === sizes.length) return { labels, clusters };
    // Rows of clusters beyond the part are one more.
    const inPart = (label: number) => label >= first && label < end ? label - first : clusters;
    return { labels: labels.map(inPart), clusters: clusters + 1 };
  });
  await disposing(openDistanceSums({ x, labelings }), async (session) => {
    while (await session.advance()) await pace();
    const sums = await session.sums();
    for (const [at, part] of parts.entries()) {
      await pace();
      lower(part, sums[at], labelings[at].clusters);
    }
  });
}

/** Takes the mean distances to the clusters of a part into account. */
function lower({ measured, first, end }: Part, sums: Float64Array, width: number): void {
  const { labels, sizes, within, nearest } = measured;
  for (let i = 0; i < labels.length; i++) {
    for (let cluster = first; cluster < end; cluster++) {
      const sum = sums[i * width + cluster - first];
      if (cluster === labels[i]) within[i] = sum / (sizes[cluster] - 1);
      else nearest[i] = Math.min(nearest[i], sum / sizes[cluster]);
    }
  }
}

function silhouettesOf({ labels, sizes, within, nearest }: Measured): Float64Array {
  return within.map((own, i) => {
    if (sizes[labels[i]] === 1) return 0;
    const larger = Math.max(own, nearest[i]);
    return larger === 0 ? 0 : (nearest[i] - own) / larger;
  });
}

function checkDivision(clusters: number, rows: number): void {
  if (clusters >= 2 && clusters < rows) return;
  throw new RangeError(
    `Cannot compute a silhouette: the ${rows} rows of the sample are in ${clusters} ` +
      `${clusters === 1 ? "cluster" : "clusters"}, between 2 and ${rows - 1} are needed`,
  );
}
