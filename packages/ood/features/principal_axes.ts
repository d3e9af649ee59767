import { symmetricEigen } from "@mixtape/tensor-utils";

/** Principal axes of a covariance. Plain data. */
export interface PrincipalAxes {
  /** Variances along the axes, descending, never below 0. */
  readonly variances: Float64Array;
  /** Unit axes, one a row, d × d. */
  readonly axes: Float64Array;
}

/** Eigenvalues and eigenvectors of a covariance; rounding below zero is cut off. */
export function principalAxes(covariance: Float64Array, d: number): PrincipalAxes {
  const { values, vectors } = symmetricEigen(covariance, d);
  return { variances: values.map((value) => Math.max(0, value)), axes: vectors };
}

/** The smallest number of leading axes that hold `share` of the variance. */
export function axesForShare(variances: Float64Array, share: number): number {
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  let sum = 0;
  for (let count = 0; count < variances.length; count++) {
    sum += variances[count];
    if (sum >= share * total) return count + 1;
  }
  return variances.length;
}

/** Squared length of each row's projection on axes `[from, to)`: rows numbers. */
export function squaredProjections(
  x: Float64Array,
  rows: number,
  axes: Float64Array,
  d: number,
  from: number,
  to: number,
): Float64Array {
  const lengths = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let axis = from * d; axis < to * d; axis += d) {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += axes[axis + j] * x[i * d + j];
      lengths[i] += dot * dot;
    }
  }
  return lengths;
}
