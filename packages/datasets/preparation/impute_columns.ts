import {
  type Abortable,
  checkChoice,
  checkNumber,
  givenOptions,
  givenSignal,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  type OptionNames,
  readModelJSON,
  rowPieces,
  sortedColumn,
  throwIfAborted,
} from "@mixtape/tensor-utils/host";
import { columnMomentsOf } from "./column_moments.ts";
import { readNumbers } from "./json.ts";
import { quantileOf } from "./quantile.ts";

/** Options of {@linkcode imputeColumns}. */
export interface ImputeOptions {
  /** Value in place of a missing one: the `"mean"` (by default) or `"median"` of its column, or a `"constant"`. */
  readonly method?: "mean" | "median" | "constant";
  /** The constant, 0 by default. */
  readonly value?: number;
  /** Ends the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** The way to fill missing entries. */
export interface Imputer {
  /** Value in place of a missing one, per column, d numbers. */
  readonly fills: Float64Array;
  /**
   * Fills other rows with the same values.
   *
   * @param rows Data, shape [m, d]; NaN stands for a missing entry.
   * @param options A signal that aborts the work.
   * @throws {RangeError} If the number of columns is another one.
   */
  apply(rows: MatrixLike, options?: Abortable): Promise<HostMatrix>;
  /** Returns the values as plain data, for {@linkcode imputerFromJSON}. */
  toJSON(): ImputerJSON;
}

/** Data without missing entries, and the way to fill other rows alike. */
export interface Imputation extends Imputer {
  /** The filled data, shape [n, d], float64. */
  readonly x: HostMatrix;
  /** Number of entries that were missing, per column. */
  readonly missing: readonly number[];
}

/** An {@link Imputer} as plain data. */
export interface ImputerJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-imputer";
  /** Version of the format. */
  readonly version: 1;
  /** Value in place of a missing one, per column. */
  readonly fills: number[];
}

const names: OptionNames<ImputeOptions> = { method: true, value: true, signal: true };

/**
 * Fills missing entries of each column with its mean, its median or a constant, as scikit-learn's
 * `SimpleImputer` does.
 *
 * @example The mean of a column
 * ```ts
 * import assert from "node:assert/strict";
 * import { imputeColumns } from "@mixtape/datasets/preparation";
 *
 * const { x, fills } = await imputeColumns([[1, NaN], [3, 5], [NaN, 7]]);
 * assert.deepEqual([...x.values], [1, 6, 3, 5, 2, 7]);
 * assert.deepEqual([...fills], [2, 6]);
 * ```
 *
 * @param x Data, shape [n, d]; NaN stands for a missing entry.
 * @param options The method.
 * @returns The filled data, and a function that fills other rows alike.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown.
 * @throws {RangeError} If a value is infinite, the method is unknown, or a column has no value to
 * take the mean or median of.
 */
export async function imputeColumns(x: MatrixLike, options?: ImputeOptions): Promise<Imputation> {
  const { method = "mean", value = 0, signal } = givenOptions(options, names, "imputeColumns");
  throwIfAborted(signal);
  checkChoice(method, "method", ["mean", "median", "constant"]);
  checkNumber(value, "value");
  const data = await hostMatrix(x, "x", { allowNaN: true }, signal);
  const columns = data.shape[1];
  const fills = method === "constant"
    ? new Float64Array(columns).fill(value)
    : method === "mean"
    ? (await columnMomentsOf(data, signal)).means
    : await medians(data, signal);
  const empty = fills.findIndex(Number.isNaN);
  if (empty !== -1) {
    throw new RangeError(
      `Cannot fill x with the ${method} of each column: column ${empty} has no values, ` +
        `leave it out or use the method "constant"`,
    );
  }
  const missing = new Array<number>(columns).fill(0);
  return { ...imputerOf(fills), x: await filled(data, fills, { missing, signal }), missing };
}

async function medians(x: HostMatrix, signal?: AbortSignal): Promise<Float64Array> {
  const fills = new Float64Array(x.shape[1]);
  for (let j = 0; j < fills.length; j++) {
    fills[j] = quantileOf(await sortedColumn(x, j, signal), 0.5);
  }
  return fills;
}

/**
 * Reads back the JSON of an {@link Imputer}; rows are filled with the same values, bit for bit.
 *
 * @param json The value that `JSON.parse` returned.
 * @returns The imputer, without the data that it was fitted to.
 * @throws {SyntaxError} If the JSON is of another format, or an entry is of the wrong kind.
 */
export function imputerFromJSON(json: unknown): Imputer {
  return readModelJSON(json, { named: "an imputer", formats: ["mixtape-imputer"] }, readEntries);
}

function readEntries(entries: Readonly<Record<string, unknown>>): Imputer {
  return imputerOf(readNumbers(entries.fills, "fills"));
}

function imputerOf(fills: Float64Array): Imputer {
  const columns = fills.length;
  return {
    fills,
    apply: async (rows, options) => {
      const signal = givenSignal(options, "apply");
      const data = await hostMatrix(rows, "rows", { allowNaN: true, columns }, signal);
      return await filled(data, fills, { signal });
    },
    toJSON: () => ({ format: "mixtape-imputer", version: 1, fills: [...fills] }),
  };
}

/** Returns a filled copy, and counts what was missing in each column where that is asked for. */
async function filled(
  x: HostMatrix,
  fills: Float64Array,
  { missing, signal }: { readonly missing?: number[]; readonly signal?: AbortSignal },
): Promise<HostMatrix> {
  const d = x.shape[1];
  const result = new Float64Array(x.values.length);
  for await (const { x: { values }, firstRow } of rowPieces(x, signal)) {
    const start = firstRow * d;
    for (let i = 0; i < values.length;) {
      for (let j = 0; j < d; j++, i++) {
        const isMissing = values[i] !== values[i];
        result[start + i] = isMissing ? fills[j] : values[i];
        if (missing && isMissing) missing[j]++;
      }
    }
  }
  return { values: result, shape: x.shape };
}
