import {
  cholesky,
  choleskyInSteps,
  type InverseFactors,
  inverseFactors,
  invertLower,
  NotPositiveDefiniteError,
  pacedSymmetricEigen,
  type Steps,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "../component_collapse_error.ts";
import type { CovarianceBlock } from "./covariance_shape.ts";
import { lowerProductInSteps, productInSteps } from "./product_in_steps.ts";
import { multiplyRows } from "./spread_rows.ts";

/**
 * The least share of a column's variance that the columns before it may leave unexplained: below this, rounding to
 * float64 shows in the sixth digit of densities.
 */
const LEAST_PIVOT = 2e-11;

/** Rows that are transposed together. */
const TILE = 32;
/** From so many columns on, products of matrices are faster than plain loops. */
const WORTH_PRODUCTS = 32;

/** True for so many columns that the algebra of a matrix is worth a look at the clock. */
export const isWide = (d: number): boolean => d > 128;

/** Blocks that are symmetric d×d matrices in row-major order. */
export const matrixBlock: CovarianceBlock = {
  freeParameters: (d) => d * (d + 1) / 2,

  check(matrix, d, name) {
    if (isSymmetric(matrix, d)) return;
    for (let i = 0; i < matrix.length; i++) {
      const [row, column] = [Math.floor(i / d), i % d];
      const mirrored = matrix[column * d + row];
      if (areAlike(matrix[i], mirrored)) continue;
      throw new RangeError(
        `Cannot use ${name}: the element in row ${row}, column ${column} is ${matrix[i]}, ` +
          `that in row ${column}, column ${row} is ${mirrored}, symmetric matrices are needed`,
      );
    }
  },

  precisionFactor(sigma, d, component) {
    const factor = unlessCollapsed(() => invertLower(cholesky(sigma, d), d));
    if (typeof factor === "number") throw collapse(sigma, d, component, factor);
    checkColumns(pivotsOf(factor, d), sigma, d, component);
    return factor;
  },

  checkDefinite(sigma, d, component) {
    const lower = unlessCollapsed(() => cholesky(sigma, d));
    if (typeof lower === "number") throw collapse(sigma, d, component, lower);
    checkColumns((j) => lower[j * d + j] ** 2, sigma, d, component);
  },

  precisionFactors(matrices, d, signal) {
    const checked = ({ factors, failures }: InverseFactors) => {
      failures.forEach((failure, component) => {
        const [sigma, factor] = [matrices, factors].map((all) =>
          all.subarray(component * d * d, (component + 1) * d * d)
        );
        if (failure >= 0) throw collapse(sigma, d, component, failure);
        checkColumns(pivotsOf(factor, d), sigma, d, component);
      });
      return factors;
    };
    const inverted = inverseFactors({ matrices, d, signal });
    return inverted instanceof Promise ? inverted.then(checked) : checked(inverted);
  },

  variances: (matrix, d) => Float64Array.from({ length: d }, (_, j) => matrix[j * d + j]),

  boundSquaredLength(factor, v) {
    const d = v.length;
    let square = 0;
    for (let i = 0; i < d; i++) {
      let y = factor[i * d + i] * v[i];
      for (let j = 0; j < i; j++) y += Math.abs(factor[i * d + j]) * v[j];
      square += y * y;
    }
    return square;
  },

  *boundVariance(matrix, factor, d, near) {
    if (near) {
      const rough = roughVariance(matrix, factor, d, near.own);
      if (rough <= near.enough) return rough;
      if (isWide(d)) yield;
    }
    const whitened = d < WORTH_PRODUCTS
      ? whitenInLoops(matrix, factor, d)
      : yield* whitenByProducts(matrix, factor, d);
    const sums = new Float64Array(d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        const size = Math.abs(whitened[i * d + j]);
        sums[i] += size;
        if (j < i) sums[j] += size;
      }
    }
    // The largest eigenvalue of a symmetric matrix is no larger than a sum of sizes in some row.
    return sums.reduce((most, sum) => Math.max(most, sum), 0);
  },

  *spread(matrix, rows) {
    yield* multiplyRows(rows, yield* choleskyInSteps(matrix, rows.d));
  },

  async longestAxis(matrix, d, signal) {
    const { values, vectors } = await pacedSymmetricEigen(matrix, d, { vectors: 1, signal });
    return { variance: values[0], direction: vectors };
  },

  shrink(matrix, direction, variance) {
    const d = direction.length;
    matrix.forEach((value, at) => {
      matrix[at] = value - variance * direction[Math.floor(at / d)] * direction[at % d];
    });
  },

  toMatrix: (matrix) => matrix,

  addDerivatives(matrix, derivatives) {
    derivatives.forEach((value, at) => matrix[at] += value);
  },
};

/** Looks at a matrix tile by tile, so that what is compared stays in the caches. */
function isSymmetric(matrix: Float64Array, d: number): boolean {
  for (let top = 0; top < d; top += TILE) {
    const bottom = Math.min(d, top + TILE);
    for (let j = 0; j < bottom; j++) {
      for (let i = Math.max(top, j + 1); i < bottom; i++) {
        const [a, b] = [matrix[i * d + j], matrix[j * d + i]];
        if (!(areAlike(a, b) && areAlike(b, a))) return false;
      }
    }
  }
  return true;
}

function areAlike(value: number, mirrored: number): boolean {
  return Math.abs(value - mirrored) <= 1e-8 * Math.abs(mirrored);
}

/**
 * Computes 1 + ‖W‖∞·‖Σ − Σ′‖∞·‖W‖₁ for the matrix Σ′ that W is the factor of. No sum of sizes in a row of W Σ Wᵀ
 * exceeds it, which is I + W (Σ − Σ′) Wᵀ.
 */
function roughVariance(
  sigma: Float64Array,
  factor: Float64Array,
  d: number,
  own: Float64Array,
): number {
  let [largestRow, largestChange] = [0, 0];
  const columns = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    let [row, change] = [0, 0];
    for (let at = i * d; at < (i + 1) * d; at++) change += Math.abs(sigma[at] - own[at]);
    for (let j = 0; j <= i; j++) {
      const size = Math.abs(factor[i * d + j]);
      row += size;
      columns[j] += size;
    }
    largestRow = Math.max(largestRow, row);
    largestChange = Math.max(largestChange, change);
  }
  const largestColumn = columns.reduce((most, sum) => Math.max(most, sum), 0);
  return 1 + largestRow * largestChange * largestColumn;
}

/** The lower triangle of W Σ Wᵀ, by products for which backends have kernels. */
function* whitenByProducts(
  sigma: Float64Array,
  factor: Float64Array,
  d: number,
): Steps<Float64Array> {
  // The factor stands on the right, where products skip its zeros.
  const half = yield* productInSteps({ a: sigma, b: factor, m: d, n: d, k: d, transposeB: true });
  if (isWide(d)) yield;
  const a = transposed(half, d);
  if (isWide(d)) yield;
  return yield* lowerProductInSteps({ a, b: factor, d });
}

/** Transposes a square matrix, tile by tile, so that what is read and written stays in the caches. */
function transposed(matrix: Float64Array, d: number): Float64Array {
  const result = new Float64Array(d * d);
  for (let top = 0; top < d; top += TILE) {
    const bottom = Math.min(d, top + TILE);
    for (let j = 0; j < d; j++) {
      for (let i = top; i < bottom; i++) result[j * d + i] = matrix[i * d + j];
    }
  }
  return result;
}

/** The same row by row: a kernel for few columns takes longer to call than to run. */
function whitenInLoops(sigma: Float64Array, factor: Float64Array, d: number): Float64Array {
  const whitened = new Float64Array(d * d);
  const half = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    half.fill(0);
    for (let p = 0; p <= i; p++) {
      const w = factor[i * d + p];
      for (let q = 0; q <= i; q++) half[q] += w * sigma[p * d + q];
    }
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let q = 0; q <= j; q++) sum += half[q] * factor[j * d + q];
      whitened[i * d + j] = sum;
    }
  }
  return whitened;
}

/**
 * Subtracts weight·v·vᵀ from a matrix.
 *
 * @param matrix The matrix, d×d; changed.
 * @param v The vector, length d.
 * @param weight The factor.
 */
export function subtractOuter(matrix: Float64Array, v: Float64Array, weight: number): void {
  const d = v.length;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) matrix[i * d + j] -= weight * (v[i] * v[j]);
  }
}

/**
 * Converts a scatter about the mean to a covariance.
 *
 * @param matrix The scatter, d×d; changed.
 * @param count The sum of the responsibilities.
 * @param d Number of dimensions.
 * @param regularization Number added to every variance.
 */
export function divideScatter(
  matrix: Float64Array,
  count: number,
  d: number,
  regularization: number,
): void {
  for (let at = 0; at < matrix.length; at++) matrix[at] /= count;
  for (let j = 0; j < d; j++) matrix[j * d + j] += regularization;
}

/** Returns what is computed, or the first column whose pivot is not positive, or not finite. */
function unlessCollapsed(compute: () => Float64Array): Float64Array | number {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return error.pivot;
    throw error;
  }
}

/** Checks that no column is too close to a combination of those before it. */
function checkColumns(
  pivotOf: (column: number) => number,
  sigma: Float64Array,
  d: number,
  component: number,
): void {
  for (let j = 0; j < d; j++) {
    if (!(pivotOf(j) >= LEAST_PIVOT * sigma[j * d + j])) throw collapse(sigma, d, component, j);
  }
}

/** A pivot is the square of a number on the diagonal of the Cholesky factor, which this one inverts. */
function pivotsOf(factor: Float64Array, d: number): (column: number) => number {
  return (j) => (1 / factor[j * d + j]) ** 2;
}

function collapse(
  sigma: Float64Array,
  d: number,
  component: number,
  column: number,
): ComponentCollapseError {
  const variance = sigma[column * d + column];
  return new ComponentCollapseError(
    component,
    column > 0
      ? `has a covariance that is not positive definite (column ${column} depends on those before it)`
      : `has a variance of ${variance} in column ${column}`,
    2 * LEAST_PIVOT * variance,
  );
}
