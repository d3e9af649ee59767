import { checkNumber, cholesky, NotPositiveDefiniteError } from "@mixtape/tensor-utils";

/**
 * Returns the Cholesky factor of a covariance with `regularization` × (mean variance) added to its
 * diagonal. Without the ridge, the covariance of a layer with fewer rows than units, or with units
 * that are linear combinations of others, has no inverse.
 *
 * @param covariance d × d, symmetric; not changed.
 * @param d Number of features.
 * @param regularization Relative ridge, ≥ 0.
 * @returns Lower triangular L with L Lᵀ = covariance + ridge, d × d.
 * @throws {RangeError} If no feature varies, or the matrix is singular and the ridge is too small.
 */
export function gaussianFactor(
  covariance: Float64Array,
  d: number,
  regularization: number,
): Float64Array {
  checkNumber(regularization, "regularization", { min: 0 });
  let trace = 0;
  for (let j = 0; j < d; j++) trace += covariance[j * d + j];
  if (!(trace > 0)) {
    throw new RangeError(
      "Cannot fit a Gaussian: no feature varies within any class, more rows per class are needed",
    );
  }
  const ridged = covariance.slice();
  for (let j = 0; j < d; j++) ridged[j * d + j] += regularization * trace / d;
  try {
    return cholesky(ridged, d);
  } catch (error) {
    if (!(error instanceof NotPositiveDefiniteError)) throw error;
    throw new RangeError(
      `Cannot fit a Gaussian: the covariance of ${d} features is singular at feature ${error.pivot}, ` +
        `a regularization above ${regularization} is needed`,
      { cause: error },
    );
  }
}
