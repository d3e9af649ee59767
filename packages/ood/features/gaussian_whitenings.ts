import { checkNumber, inverseFactors } from "@mixtape/tensor-utils";

/** Options of {@link gaussianWhitenings}. */
export interface WhiteningOptions {
  /** Relative ridge: this times the mean variance is added to the diagonal, at least 0. */
  readonly regularization: number;
  /** Ends the work, which fails with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Returns the inverse of the Cholesky factor of each covariance with `regularization` × (mean
 * variance) added to its diagonal. Without the ridge, the covariance of a layer with fewer rows than
 * units, or with units that are linear combinations of others, has no inverse.
 *
 * @param covariances d × d numbers each, symmetric; changed in place.
 * @param d Number of features.
 * @param options The ridge, and a signal.
 * @returns L⁻¹ of each, lower triangular, with L Lᵀ = covariance + ridge.
 * @throws {RangeError} If no feature varies, or a matrix is singular and the ridge is too small.
 */
export async function gaussianWhitenings(
  covariances: Float64Array,
  d: number,
  { regularization, signal }: WhiteningOptions,
): Promise<Float64Array> {
  checkNumber(regularization, "regularization", { min: 0 });
  for (let at = 0; at < covariances.length; at += d * d) {
    addRidge(covariances.subarray(at, at + d * d), d, regularization);
  }
  const { factors, failures } = await inverseFactors({ matrices: covariances, d, signal });
  const pivot = failures.find((row) => row !== -1);
  if (pivot === undefined) return factors;
  throw new RangeError(
    `Cannot fit a Gaussian: the covariance of ${d} features is singular at feature ${pivot}, ` +
      `a regularization above ${regularization} is needed`,
  );
}

function addRidge(covariance: Float64Array, d: number, regularization: number): void {
  let trace = 0;
  for (let j = 0; j < d; j++) trace += covariance[j * d + j];
  if (!(trace > 0)) {
    throw new RangeError(
      "Cannot fit a Gaussian: no feature varies within any class, more rows per class are needed",
    );
  }
  for (let j = 0; j < d; j++) covariance[j * d + j] += regularization * trace / d;
}

/**
 * Returns log det A of a matrix A = L Lᵀ.
 *
 * @param whitening L⁻¹, d × d.
 * @param d Number of rows.
 */
export function logDeterminantOf(whitening: Float64Array, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum -= 2 * Math.log(whitening[j * d + j]);
  return sum;
}
