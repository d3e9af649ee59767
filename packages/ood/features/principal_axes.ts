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

/**
 * Squared length of each row's projection on axes `[from, to)`: rows numbers. Four axes at a time, since one alone waits
 * for every addition of its own dot product.
 */
export function squaredProjections(
  x: Float64Array,
  rows: number,
  axes: Float64Array,
  d: number,
  from: number,
  to: number,
): Float64Array {
  const lengths = new Float64Array(rows);
  const fours = from + 4 * Math.floor((to - from) / 4);
  for (let i = 0; i < rows; i++) {
    const row = i * d;
    let length = 0;
    for (let axis = from; axis < fours; axis += 4) {
      const a0 = axis * d, a1 = a0 + d, a2 = a1 + d, a3 = a2 + d;
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let j = 0; j < d; j++) {
        const value = x[row + j];
        s0 += axes[a0 + j] * value;
        s1 += axes[a1 + j] * value;
        s2 += axes[a2 + j] * value;
        s3 += axes[a3 + j] * value;
      }
      length += s0 * s0 + s1 * s1 + s2 * s2 + s3 * s3;
    }
    for (let axis = fours; axis < to; axis++) {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += axes[axis * d + j] * x[row + j];
      length += dot * dot;
    }
    lengths[i] = length;
  }
  return lengths;
}
