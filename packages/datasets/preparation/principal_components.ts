import {
  checkInteger,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  type OptionNames,
  pacer,
  symmetricEigen,
} from "@mixtape/tensor-utils/host";
import { columnMoments } from "./column_moments.ts";

/** Options of {@linkcode principalComponents}. */
export interface PrincipalComponentsOptions {
  /** Number of components, from 1 to min(n, d); all of them by default. */
  readonly components?: number;
  /** True to give each component the variance 1; false by default. */
  readonly whiten?: boolean;
  /** Ends the work. */
  readonly signal?: AbortSignal;
}

/** Directions in which data vary most. */
export interface PrincipalComponents {
  /** The data in these directions, shape [n, k], float64. */
  readonly x: HostMatrix;
  /** Unit directions, one per row, shape [k, d]; the largest entry of each is positive. */
  readonly components: HostMatrix;
  /** Mean of each column, d numbers. */
  readonly means: Float64Array;
  /** Variance along each direction, divided by n − 1, descending, k numbers. */
  readonly variances: Float64Array;
  /** Share of the whole variance along each direction, k numbers; 0 for data without variance. */
  readonly shares: Float64Array;
  /**
   * Brings other rows into these directions.
   *
   * @param rows Data, shape [m, d].
   * @returns The coordinates, shape [m, k].
   * @throws {RangeError} If the number of columns is another one.
   */
  apply(rows: MatrixLike): Promise<HostMatrix>;
  /**
   * Brings coordinates back into the units of the data; with fewer components than columns, what
   * lies outside of these directions is lost.
   *
   * @param rows Coordinates, shape [m, k].
   * @returns Data, shape [m, d].
   * @throws {RangeError} If the number of columns is another one.
   */
  restore(rows: MatrixLike): Promise<HostMatrix>;
}

const names: OptionNames<PrincipalComponentsOptions> = {
  components: true,
  whiten: true,
  signal: true,
};

/**
 * Finds the directions in which data vary most, by the eigenvectors of their covariance in float64,
 * as scikit-learn's `PCA` does by a singular value decomposition.
 *
 * Variances below about 1e-16 of the largest are lost to rounding in the covariance; with
 * `whiten`, a direction without variance gives zeros.
 *
 * @example A line
 * ```ts
 * import assert from "node:assert/strict";
 * import { principalComponents } from "@mixtape/datasets/preparation";
 *
 * const { x, components, shares } = await principalComponents([[0, 0], [3, 4], [6, 8]]);
 * assert.ok(Math.abs(components.values[0] - 0.6) < 1e-12);
 * assert.ok(Math.abs(x.values[4] - 5) < 1e-12);
 * assert.ok(Math.abs(shares[0] - 1) < 1e-12);
 * ```
 *
 * @param x Data, shape [n, d], finite, at least 2 rows.
 * @param options Number of components, and whitening.
 * @returns The data in these directions, the directions, and functions for other rows.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown.
 * @throws {RangeError} If a value is not finite, or the number of components out of range.
 * @see Pearson (1901), On lines and planes of closest fit to systems of points in space
 */
export async function principalComponents(
  x: MatrixLike,
  options?: PrincipalComponentsOptions,
): Promise<PrincipalComponents> {
  const given = givenOptions(options, names, "principalComponents");
  const data = await hostMatrix(x, "x", { minRows: 2 });
  const [n, d] = data.shape;
  const k = given.components ?? Math.min(n, d);
  checkInteger(k, "components", { min: 1, max: Math.min(n, d) });
  const { means } = columnMoments(data);
  const covariance = await covarianceOf(data, means, given.signal);
  const total = covariance.reduce((sum, value, i) => i % (d + 1) === 0 ? sum + value : sum, 0);
  const { values, vectors } = symmetricEigen(covariance, d);
  const variances = values.slice(0, k).map((variance) => Math.max(0, variance));
  const directions = vectors.slice(0, k * d);
  fixSigns(directions, d);
  const floor = d * Number.EPSILON * variances[0];
  const scales = given.whiten === true
    ? variances.map((variance) => variance > floor ? Math.sqrt(variance) : Infinity)
    : new Float64Array(k).fill(1);
  const apply = (rows: HostMatrix) => project(rows, means, directions, scales);
  const restore = (rows: HostMatrix) => unproject(rows, means, directions, scales);
  return {
    x: apply(data),
    components: { values: directions, shape: [k, d] },
    means,
    variances,
    shares: variances.map((variance) => total > 0 ? variance / total : 0),
    apply: async (rows) => apply(await hostMatrix(rows, "rows", { columns: d })),
    restore: async (rows) => restore(await hostMatrix(rows, "rows", { columns: k })),
  };
}

/** Returns the covariance, divided by n − 1. */
async function covarianceOf(
  { values, shape: [n, d] }: HostMatrix,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const pace = pacer(signal);
  const sums = new Float64Array(d * d);
  const row = new Float64Array(d);
  // About a million products between two looks at the signal.
  const step = Math.max(1, Math.floor(2 ** 20 / (d * d)));
  for (let i = 0; i < n; i++) {
    if (i % step === 0) await pace();
    for (let j = 0; j < d; j++) row[j] = values[i * d + j] - means[j];
    for (let a = 0; a < d; a++) {
      const left = row[a];
      if (left === 0) continue;
      for (let b = 0; b <= a; b++) sums[a * d + b] += left * row[b];
    }
  }
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) sums[b * d + a] = sums[a * d + b] /= n - 1;
  }
  return sums;
}

/** Turns each direction so that its largest entry is positive, the first of equal ones. */
function fixSigns(directions: Float64Array, d: number): void {
  for (let start = 0; start < directions.length; start += d) {
    const direction = directions.subarray(start, start + d);
    let largest = 0;
    for (let j = 1; j < d; j++) {
      // Entries that differ by rounding alone count as equal, so that rounding decides no sign.
      if (Math.abs(direction[j]) > Math.abs(direction[largest]) * (1 + 1e-9)) largest = j;
    }
    if (direction[largest] < 0) { for (let j = 0; j < d; j++) direction[j] = -direction[j]; }
  }
}

function project(
  { values, shape: [m, d] }: HostMatrix,
  means: Float64Array,
  directions: Float64Array,
  scales: Float64Array,
): HostMatrix {
  const k = scales.length;
  const result = new Float64Array(m * k);
  const row = new Float64Array(d);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < d; j++) row[j] = values[i * d + j] - means[j];
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += row[j] * directions[c * d + j];
      result[i * k + c] = sum / scales[c];
    }
  }
  return { values: result, shape: [m, k] };
}

function unproject(
  { values, shape: [m, k] }: HostMatrix,
  means: Float64Array,
  directions: Float64Array,
  scales: Float64Array,
): HostMatrix {
  const d = means.length;
  const result = new Float64Array(m * d);
  for (let i = 0; i < m; i++) {
    const row = result.subarray(i * d, (i + 1) * d);
    row.set(means);
    for (let c = 0; c < k; c++) {
      if (scales[c] === Infinity) continue;
      const along = values[i * k + c] * scales[c];
      for (let j = 0; j < d; j++) row[j] += along * directions[c * d + j];
    }
  }
  return { values: result, shape: [m, d] };
}
