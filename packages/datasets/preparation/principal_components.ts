import {
  checkFlag,
  checkInteger,
  givenOptions,
  type HostMatrix,
  type MatrixLike,
  type OptionNames,
  safeExponent,
  scaledMatrix,
  timesPowerOfTwo,
  wideMagnitude,
} from "@mixtape/tensor-utils/host";
import { principalDirections } from "./principal_directions.ts";
import { coordinatesOf, type Directions, type Projection, projectionOf } from "./projection.ts";
import { type Operations, withMatrix } from "./with_matrix.ts";

/** Options of {@linkcode principalComponents}. */
export interface PrincipalComponentsOptions {
  /** Number of components, from 1 to min(n, d); all of them by default. */
  readonly components?: number;
  /** True to give each component the variance 1; false by default. */
  readonly whiten?: boolean;
  /** Ends the work. */
  readonly signal?: AbortSignal;
}

/** Data in the directions in which they vary most. */
export interface PrincipalComponents extends Projection {
  /** The data in these directions, shape [n, k], float64. */
  readonly x: HostMatrix;
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
 * @throws {RangeError} If a value is not finite, the number of components is out of range, or a
 * variance exceeds float64 or, where components are divided by it, vanishes in it.
 * @see Pearson (1901), On lines and planes of closest fit to systems of points in space
 */
export async function principalComponents(
  x: MatrixLike,
  options?: PrincipalComponentsOptions,
): Promise<PrincipalComponents> {
  const given = givenOptions(options, names, "principalComponents");
  const whiten = checkFlag(given.whiten ?? false, "whiten");
  const { signal } = given;
  return await withMatrix(x, { name: "x", minRows: 2, signal }, async (data, operations) => {
    const [n, d] = data.shape;
    const k = given.components ?? Math.min(n, d);
    checkInteger(k, "components", { min: 1, max: Math.min(n, d) });
    const found = await directionsOf(operations, data, { k, whiten, signal });
    const coordinates = await coordinatesOf(operations, data, found, signal);
    return { ...projectionOf(found), x: coordinates };
  });
}

async function directionsOf(
  operations: Operations,
  data: HostMatrix & { largest?: number },
  { k, whiten, signal }: {
    readonly k: number;
    readonly whiten: boolean;
    readonly signal?: AbortSignal;
  },
): Promise<Directions> {
  const [, d] = data.shape;
  // Squares of very large or small numbers leave float64; a power of two in between rounds nothing.
  const exponent = safeExponent(wideMagnitude(data), 200);
  const scaled = scaledMatrix(data, exponent);
  const found = await principalDirections(operations, scaled, k, signal);
  const { directions, total } = found;
  fixSigns(directions, d);
  const variances = found.variances.map((variance) => timesPowerOfTwo(variance, -2 * exponent));
  checkVariances(variances);
  if (whiten && total > 0) checkDivisors(variances);
  return {
    components: { values: directions, shape: [k, d] },
    means: found.means.map((mean) => timesPowerOfTwo(mean, -exponent)),
    variances,
    shares: found.variances.map((variance) => total > 0 ? variance / total : 0),
    whiten,
  };
}

function checkVariances(variances: Float64Array): void {
  if (variances.every(Number.isFinite)) return;
  throw new RangeError(
    "Cannot find principal components: the variance of x exceeds 1.8e308, the largest float64, " +
      "divide x by its largest absolute value",
  );
}

/** Checks that the smallest variance that is told from rounding has all of its digits: float64 drops some below 2^-1022. */
function checkDivisors([largest]: Float64Array): void {
  if (largest >= 2 ** -960) return;
  throw new RangeError(
    `Cannot whiten x: its largest variance is ${largest}, at least 1e-289 is needed so that float64 ` +
      `holds the others, divide x by its largest absolute value`,
  );
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
