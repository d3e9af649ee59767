import {
  type Abortable,
  checkChoice,
  givenOptions,
  givenSignal,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  openRows,
  type OptionNames,
  readerSource,
  readModelJSON,
  rowPieces,
  RowReader,
  type RowsLike,
  type RowSource,
  sortedColumn,
  throwIfAborted,
} from "@mixtape/tensor-utils/host";
import { type ColumnMoments, columnMomentsOf } from "./column_moments.ts";
import { readNumbers } from "./json.ts";
import { quantileOf } from "./quantile.ts";

/** Options of {@linkcode standardize}. */
export interface StandardizeOptions {
  /**
   * Centre and scale of a column: `"standard"`, its mean and standard deviation (divided by n), by
   * default; or `"robust"`, its median and interquartile range, which outliers do not move.
   */
  readonly method?: "standard" | "robust";
  /** Ends the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** The way onto a common scale and back. */
export interface Standardizer {
  /** Centre of each column, d numbers, in its units. */
  readonly centers: Float64Array;
  /** Scale of each column, d numbers, in its units, never 0: a constant column has the scale 1. */
  readonly scales: Float64Array;
  /**
   * Brings other rows onto the same scale.
   *
   * @param rows Data, shape [m, d]; NaN stays NaN.
   * @param options A signal that aborts the work.
   * @returns (rows − centers) / scales.
   * @throws {RangeError} If the number of columns is another one.
   */
  apply(rows: MatrixLike, options?: Abortable): Promise<HostMatrix>;
  /**
   * Brings standardized rows back into their units.
   *
   * @param rows Standardized data, shape [m, d].
   * @param options A signal that aborts the work.
   * @returns rows × scales + centers.
   * @throws {RangeError} If the number of columns is another one.
   */
  restore(rows: MatrixLike, options?: Abortable): Promise<HostMatrix>;
  /** Returns centres and scales as plain data, for {@linkcode standardizerFromJSON}. */
  toJSON(): StandardizerJSON;
}

/** A {@link Standardizer} that brings sources onto the scale while they are read, too. */
export interface SourceStandardizer extends Standardizer {
  /**
   * Returns a source of the standardized rows, float64; NaN stays NaN.
   *
   * @param source Rows in their units; those of a block are scaled when it is read.
   * @throws {RangeError} If the number of columns is another one.
   */
  applyTo(source: RowSource): RowSource;
}

/** Columns on a common scale, and the way there and back. */
export interface Standardization extends Standardizer {
  /** The standardized data, shape [n, d], float64; NaN stays NaN. */
  readonly x: HostMatrix;
}

/** A {@link Standardizer} as plain data. */
export interface StandardizerJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-standardizer";
  /** Version of the format. */
  readonly version: 1;
  /** Centre of each column. */
  readonly centers: number[];
  /** Scale of each column. */
  readonly scales: number[];
}

const names: OptionNames<StandardizeOptions> = { method: true, signal: true };

/**
 * Brings columns onto a common scale: each gets the mean 0 and the standard deviation 1, as in
 * scikit-learn's `StandardScaler`, or the median 0 and the interquartile range 1.
 *
 * @example There and back
 * ```ts
 * import assert from "node:assert/strict";
 * import { standardize } from "@mixtape/datasets/preparation";
 *
 * const { x, centers, scales, restore } = await standardize([[1, 100], [3, NaN], [5, 300]]);
 * assert.deepEqual([...centers], [3, 200]);
 * assert.equal(scales[1], 100);
 * assert.deepEqual([...(await restore(x)).values].map(Math.round), [1, 100, 3, NaN, 5, 300]);
 * ```
 *
 * @param x Data, shape [n, d]; NaN stands for a missing entry, and is left out of centre and scale.
 * @param options The method.
 * @returns The standardized data, and functions that do the same with other rows.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown.
 * @throws {RangeError} If a value is infinite, a column has no values, or the method is unknown.
 */
export async function standardize(
  x: MatrixLike,
  options?: StandardizeOptions,
): Promise<Standardization> {
  const { method = "standard", signal } = givenOptions(options, names, "standardize");
  throwIfAborted(signal);
  checkChoice(method, "method", ["standard", "robust"]);
  const data = await hostMatrix(x, "x", { allowNaN: true }, signal);
  const scale = method === "standard"
    ? standardScale(await columnMomentsOf(data, signal), data.shape[0])
    : await robustScale(data, signal);
  checkFilled(scale.centers);
  return { ...standardizerOf(scale), x: await changed(data, toScale(scale), signal) };
}

/**
 * Finds the scale of rows that are read block by block, to mean 0 and standard deviation 1: the
 * centres and scales of {@linkcode standardize}, to the bit.
 *
 * @example Standardize a source while it is read
 * ```ts
 * import assert from "node:assert/strict";
 * import { standardizer } from "@mixtape/datasets/preparation";
 *
 * const source = {
 *   shape: [2, 1] as const,
 *   async *blocks() {
 *     yield { values: Float64Array.of(1), shape: [1, 1] as const };
 *     yield { values: Float64Array.of(3), shape: [1, 1] as const };
 *   },
 * };
 * const scale = await standardizer(source);
 * const scaled: number[] = [];
 * for await (const { values } of scale.applyTo(source).blocks()) scaled.push(...values);
 * assert.deepEqual(scaled, [-1, 1]);
 * ```
 *
 * @param x Data, shape [n, d], or a source of blocks of them, which is read twice; NaN stands for a
 * missing entry.
 * @param options A signal that ends the reading.
 * @returns The way onto the scale and back, also for sources.
 * @throws {RangeError} If a value is infinite, or a column has no values.
 */
export async function standardizer(
  x: RowsLike,
  options?: Abortable,
): Promise<SourceStandardizer> {
  const signal = givenSignal(options, "standardizer");
  const rows = await openRows(x, "x", { allowNaN: true }, signal);
  const scale = standardScale(await columnMomentsOf(rows, signal), rows.shape[0]);
  checkFilled(scale.centers);
  return {
    ...standardizerOf(scale),
    applyTo: (source) => {
      const rules = { allowNaN: true, columns: scale.centers.length };
      const reader = new RowReader(source, "source", rules);
      return readerSource(reader.map((block) => mapped(block, toScale(scale))));
    },
  };
}

/**
 * Reads back the JSON of a {@link Standardizer}; rows are brought onto the same scale bit for bit.
 *
 * @param json The value that `JSON.parse` returned.
 * @returns The standardizer, without the data that it was fitted to.
 * @throws {SyntaxError} If the JSON is of another format, or an entry is of the wrong kind, out of
 * range, or does not fit the others.
 */
export function standardizerFromJSON(json: unknown): Standardizer {
  return readModelJSON(
    json,
    { named: "a standardizer", formats: ["mixtape-standardizer"] },
    readEntries,
  );
}

function readEntries(entries: Readonly<Record<string, unknown>>): Standardizer {
  const centers = readNumbers(entries.centers, "centers");
  const scales = readNumbers(entries.scales, "scales", { above: 0, length: centers.length });
  return standardizerOf({ centers, scales });
}

function standardizerOf(scale: Scale): Standardizer {
  const { centers, scales } = scale;
  const columns = centers.length;
  const checked = (rows: MatrixLike, signal?: AbortSignal) =>
    hostMatrix(rows, "rows", { allowNaN: true, columns }, signal);
  return {
    centers,
    scales,
    apply: async (rows, options) => {
      const signal = givenSignal(options, "apply");
      return await changed(await checked(rows, signal), toScale(scale), signal);
    },
    restore: async (rows, options) => {
      const signal = givenSignal(options, "restore");
      const restored = (v: number, j: number) => v * scales[j] + centers[j];
      return await changed(await checked(rows, signal), restored, signal);
    },
    toJSON: () => ({
      format: "mixtape-standardizer",
      version: 1,
      centers: [...centers],
      scales: [...scales],
    }),
  };
}

/** Returns what a value of a column becomes. */
type Change = (value: number, column: number) => number;

function toScale({ centers, scales }: Scale): Change {
  return (value, column) => (value - centers[column]) / scales[column];
}

interface Scale {
  readonly centers: Float64Array;
  readonly scales: Float64Array;
}

function standardScale({ means, deviations }: ColumnMoments, n: number): Scale {
  const scales = deviations.map((deviation, j) => {
    // Rounding alone gives a constant column a small variance, as scikit-learn knows, too.
    const ofVariance = Math.sqrt(n * Number.EPSILON) * deviation;
    const rounding = Math.hypot(ofVariance, n * means[j] * Number.EPSILON);
    return deviation <= rounding ? 1 : deviation;
  });
  return { centers: means, scales };
}

async function robustScale(x: HostMatrix, signal?: AbortSignal): Promise<Scale> {
  const d = x.shape[1];
  const centers = new Float64Array(d);
  const scales = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    const values = await sortedColumn(x, j, signal);
    centers[j] = quantileOf(values, 0.5);
    scales[j] = quantileOf(values, 0.75) - quantileOf(values, 0.25) || 1;
  }
  return { centers, scales };
}

function checkFilled(centers: Float64Array): void {
  const empty = centers.findIndex(Number.isNaN);
  if (empty === -1) return;
  throw new RangeError(
    `Cannot standardize x: column ${empty} has no values, at least 1 is needed; leave it out`,
  );
}

function mapped({ values, shape }: HostMatrix, change: Change): HostMatrix {
  const result = new Float64Array(values.length);
  const d = shape[1];
  for (let i = 0; i < values.length; i += d) {
    for (let j = 0; j < d; j++) result[i + j] = change(values[i + j], j);
  }
  return { values: result, shape };
}

/** Changes all values; the event loop turns meanwhile. */
async function changed(
  x: HostMatrix,
  change: Change,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const d = x.shape[1];
  const values = new Float64Array(x.values.length);
  for await (const { x: part, firstRow } of rowPieces(x, signal)) {
    values.set(mapped(part, change).values, firstRow * d);
  }
  return { values, shape: x.shape };
}
