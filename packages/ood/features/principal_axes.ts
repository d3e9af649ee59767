import { threadedSymmetricEigen } from "@mixtape/tensor-utils";
import { squaredLengths } from "./squared_lengths.ts";
import { turnedRows } from "./turned_rows.ts";

/** Principal axes of a covariance. Plain data. */
export interface PrincipalAxes {
  /** Variances along the axes, descending, never below 0. */
  readonly variances: Float64Array;
  /** Unit axes, one per row, count × d. */
  readonly axes: Float64Array;
}

/**
 * Returns the eigenvalues and eigenvectors of a covariance; eigenvalues below 0, from rounding,
 * become 0.
 *
 * @param signal Ends the work, which fails with its reason.
 * @param count Number of axes, those of the largest variances; all of them by default.
 */
export async function principalAxes(
  covariance: Float64Array,
  d: number,
  signal?: AbortSignal,
  count: number = d,
): Promise<PrincipalAxes> {
  const { values, vectors } = await threadedSymmetricEigen(covariance, d, {
    vectors: count,
    signal,
  });
  return { variances: values.map((value) => Math.max(0, value)), axes: vectors };
}

/** Returns the smallest number of leading axes that hold `share` of the variance. */
export function axesForShare(variances: Float64Array, share: number): number {
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  let sum = 0;
  for (let count = 0; count < variances.length; count++) {
    sum += variances[count];
    if (sum >= share * total) return count + 1;
  }
  return variances.length;
}

/**
 * Returns the squared length of each row's projection onto some axes.
 *
 * @param x rows × d.
 * @param rows Number of rows.
 * @param axes Unit axes, one per row, of d numbers each.
 * @param d Number of columns.
 * @param signal Ends the work, which fails with its reason.
 */
export async function squaredProjections(
  x: Float64Array,
  rows: number,
  axes: Float64Array,
  d: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const count = axes.length / d;
  const along = await turnedRows(x, rows, axes, d, signal);
  return squaredLengths(along, rows, count);
}
