import { type HostMatrix, symmetricEigen } from "@mixtape/tensor-utils";

/**
 * Computes the eigenvalues of a matrix's scatter, Σ (x − mean)(x − mean)ᵀ over its rows.
 *
 * @param x Shape [n, d].
 * @returns d eigenvalues, descending; rounding may leave some of them slightly below 0.
 */
export function eigenvaluesOf(x: HostMatrix): Float64Array {
  return symmetricEigen(scatter(x), x.shape[1], { vectors: 0 }).values;
}

/**
 * Computes the effective rank of a matrix: the exponential of the entropy of its normalised singular values,
 * after centring its columns.
 *
 * @param eigenvalues Its {@link eigenvaluesOf | eigenvalues}, the squares of these singular values.
 * @returns A number from 1 to d, 0 if all rows are the same.
 * @see Roy & Vetterli (2007), https://ieeexplore.ieee.org/document/7098875
 */
export function effectiveRank(eigenvalues: Float64Array): number {
  const singular = Array.from(eigenvalues, (value) => Math.sqrt(Math.max(0, value)));
  const total = singular.reduce((a, b) => a + b, 0);
  if (total === 0) return 0;
  const entropy = singular
    .map((value) => value / total)
    .filter((share) => share > 0)
    .reduce((sum, share) => sum - share * Math.log(share), 0);
  return Math.exp(entropy);
}

/**
 * The eigenvalues of a matrix's covariance as shares of their sum.
 *
 * @param eigenvalues Its {@link eigenvaluesOf | eigenvalues}.
 * @returns d shares, descending; all 0 if all rows are the same.
 */
export function spectrumOf(eigenvalues: Float64Array): number[] {
  const total = eigenvalues.reduce((sum, value) => sum + Math.max(0, value), 0);
  return Array.from(eigenvalues, (value) => total === 0 ? 0 : Math.max(0, value) / total);
}

/** Σ (x − mean)(x − mean)ᵀ, in two passes. */
function scatter({ values, shape: [n, d] }: HostMatrix): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] += values[i * d + j] / n;
  const sums = new Float64Array(d * d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      const centred = values[i * d + j] - mean[j];
      for (let p = 0; p < d; p++) sums[j * d + p] += centred * (values[i * d + p] - mean[p]);
    }
  }
  return sums;
}
