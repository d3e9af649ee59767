import { arrayKind } from "./array_kind.ts";
import type { MatrixValues } from "./host_values.ts";

export type { MatrixValues };

/** A matrix on the host: `values` holds `rows × columns` numbers, row by row. */
export interface HostMatrix {
  /** The numbers, row by row. */
  readonly values: MatrixValues;
  /** Rows and columns. */
  readonly shape: readonly [rows: number, columns: number];
}

/** A matrix as programs have it: numbers of any kind, row by row, and how many rows and columns they are. */
export interface ValuesMatrix {
  /** The numbers, row by row: a typed array (but of BigInt), or an array of numbers. */
  readonly values: ArrayLike<number>;
  /** Rows and columns. */
  readonly shape: readonly number[];
}

/** A matrix as an array of rows, equally long, each an array of numbers or a typed array. */
export type MatrixRows = readonly ArrayLike<number>[];

/**
 * A `tf.Tensor2D`, described by what is needed of it, so that a tensor of any copy or version of
 * TensorFlow.js fits.
 */
export interface TensorMatrix {
  /** Rows and columns. */
  readonly shape: readonly number[];
  /** The kind of its numbers, `float32` or `int32`. */
  readonly dtype: string;
  /** Whether it was disposed of. */
  readonly isDisposed: boolean;
  /** Brings the numbers to the host. */
  data(): Promise<ArrayLike<number>>;
}

/**
 * What every Mixtape package accepts as data: a `tf.Tensor2D`, numbers of any kind with their shape, or an array
 * of rows.
 */
export type MatrixLike = TensorMatrix | ValuesMatrix | MatrixRows;

/** What a function demands of its data beyond being a finite matrix. */
export interface MatrixRules {
  /** Fewest rows allowed, 1 unless given. */
  minRows?: number;
  /** The number of columns needed, for example those a model was fitted on. */
  columns?: number;
  /** Whether NaN stands for a missing entry; infinities are refused all the same. */
  allowNaN?: boolean;
}

/**
 * The mean of each column, in float64.
 *
 * @param x The matrix, shape [n, d].
 * @returns d numbers; not finite if there are no rows.
 */
export function columnMeans({ values, shape: [n, d] }: HostMatrix): Float64Array {
  const means = scaledSums(values, d, 1).map((sum) => sum / n);
  if (n === 0 || means.every(Number.isFinite)) return means;
  // A sum may be beyond float64 where the mean is not.
  return scaledSums(values, d, 2 ** -64).map((sum) => sum / n * 2 ** 64);
}

function scaledSums(values: MatrixValues, d: number, scale: number): Float64Array {
  const sums = new Float64Array(d);
  for (let at = 0; at < values.length; at += d) {
    for (let j = 0; j < d; j++) sums[j] += scale * values[at + j];
  }
  return sums;
}

/**
 * Picks rows of a matrix, in the order given.
 *
 * @param x The matrix.
 * @param rows Indices of rows, each below the number of rows.
 * @returns A new matrix whose values are of the same kind.
 */
export function takeRows(x: HostMatrix, rows: ArrayLike<number>): HostMatrix {
  const [, d] = x.shape;
  const values = emptyLike(x.values, rows.length * d);
  for (let i = 0; i < rows.length; i++) {
    values.set(x.values.subarray(rows[i] * d, (rows[i] + 1) * d), i * d);
  }
  return { values, shape: [rows.length, d] };
}

function emptyLike(values: MatrixValues, length: number): MatrixValues {
  const kind = arrayKind(values);
  if (kind === "Uint8Array") return new Uint8Array(length);
  return kind === "Float64Array" ? new Float64Array(length) : new Float32Array(length);
}
