import type { Float64Matrix, HostMatrix, MatrixValues } from "@mixtape/operations";
import { arrayKind } from "./array_kind.ts";

export type { Float64Matrix, HostMatrix, MatrixValues };

/** A matrix given as numbers of any kind, row by row, with their numbers of rows and columns. */
export interface ValuesMatrix {
  /** Numbers, row by row: a typed array (except of BigInt), or an array of numbers. */
  readonly values: ArrayLike<number>;
  /** Number of rows and number of columns. */
  readonly shape: readonly number[];
}

/** A matrix as an array of rows of equal length, each an array of numbers or a typed array. */
export type MatrixRows = readonly ArrayLike<number>[];

/**
 * A `tf.Tensor2D`, described by the members that are used, so that tensors of any copy or version
 * of TensorFlow.js fit.
 */
export interface TensorMatrix {
  /** Number of rows and number of columns. */
  readonly shape: readonly number[];
  /** Type of its numbers, `float32` or `int32`. */
  readonly dtype: string;
  /** True once it is disposed of. */
  readonly isDisposed: boolean;
  /** Copies the numbers to the host. */
  data(): Promise<ArrayLike<number>>;
}

/**
 * Data that every Mixtape package accepts: a `tf.Tensor2D`, numbers of any kind with their shape,
 * or an array of rows.
 */
export type MatrixLike = TensorMatrix | ValuesMatrix | MatrixRows;

/** Requirements on data beyond being a finite matrix. */
export interface MatrixRules {
  /** Smallest number of rows allowed; 1 by default. */
  readonly minRows?: number;
  /** Number of columns needed, for example that of the data a model was fitted on. */
  readonly columns?: number;
  /** True if NaN stands for a missing entry; infinities are refused in any case. */
  readonly allowNaN?: boolean;
}

/**
 * Returns the mean of each column, in float64.
 *
 * @param x The matrix, shape [n, d].
 * @returns One mean per column, d numbers; not finite if there are no rows.
 */
export function columnMeans({ values, shape: [n, d] }: HostMatrix): Float64Array {
  const means = scaledSums(values, d, 1).map((sum) => sum / n);
  if (means.every(Number.isFinite)) return means;
  // A sum can exceed float64 even if the mean does not.
  return scaledSums(values, d, 2 ** -64).map((sum) => sum / n * 2 ** 64);
}

function scaledSums(values: MatrixValues, d: number, scale: number): Float64Array {
  const sums = new Float64Array(d);
  addScaled(values, scale, sums);
  return sums;
}

/**
 * Adds rows, multiplied by a number, to sums of their columns.
 *
 * @param values The rows, one after the other.
 * @param scale The number.
 * @param sums One sum per column, changed in place.
 */
export function addScaled(values: MatrixValues, scale: number, sums: Float64Array): void {
  const d = sums.length;
  for (let at = 0; at < values.length; at += d) {
    for (let j = 0; j < d; j++) sums[j] += scale * values[at + j];
  }
}

/**
 * Copies rows of a matrix, in the given order.
 *
 * @param x Matrix of shape [n, d].
 * @param rows Indices of rows, each from 0 to n − 1.
 * @returns A new matrix with values of the same kind.
 */
export function takeRows(x: HostMatrix, rows: ArrayLike<number>): HostMatrix {
  const [, d] = x.shape;
  const values = emptyLike(x.values, rows.length * d);
  copyRows(x, rows, values, 0, rows.length);
  return { values, shape: [rows.length, d] };
}

/**
 * Copies some of the rows that are listed to their places among the others.
 *
 * @param x Matrix of shape [n, d].
 * @param rows Indices of rows, each from 0 to n − 1.
 * @param to Place for all that are listed, of the same kind.
 * @param start Place in the list of the first that is copied.
 * @param end Place after that of the last one.
 */
export function copyRows(
  { values, shape: [, d] }: HostMatrix,
  rows: ArrayLike<number>,
  to: MatrixValues,
  start: number,
  end: number,
): void {
  for (let i = start, at = start * d; i < end; i++) {
    const row = rows[i] * d;
    // A view takes longer to make than few numbers to copy.
    if (d >= FEW) to.set(values.subarray(row, row + d), i * d);
    else for (let j = row; j < row + d; j++, at++) to[at] = values[j];
  }
}

/**
 * Returns consecutive rows of a matrix, without copying them.
 *
 * @param x The matrix.
 * @param from Index of the first row.
 * @param to Index after the last row, at most n.
 * @returns A matrix of `to - from` rows, whose numbers are a view of those of `x`.
 */
export function rowRange(
  { values, shape: [, d] }: HostMatrix,
  from: number,
  to: number,
): HostMatrix {
  return { values: values.subarray(from * d, to * d), shape: [to - from, d] };
}

/** Number of columns from which rows are copied by views. */
const FEW = 16;

/**
 * Makes room for numbers.
 *
 * @param values Numbers of the kind that is wanted.
 * @param length Their number.
 * @returns Zeros.
 */
export function emptyLike(values: MatrixValues, length: number): MatrixValues {
  const kind = arrayKind(values);
  if (kind === "Uint8Array") return new Uint8Array(length);
  return kind === "Float64Array" ? new Float64Array(length) : new Float32Array(length);
}
