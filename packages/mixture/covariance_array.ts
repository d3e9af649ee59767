import {
  type MatrixLike,
  type MatrixRows,
  type MixtureCovariance,
  mixtureShapes,
  numberArray,
} from "@mixtape/tensor-utils";

/** Covariances of a mixture with k components in d dimensions, in units of the data squared. */
export interface Covariances {
  /** The numbers in row-major order. */
  readonly values: Float64Array;
  /**
   * Lengths of the axes: [k, d, d] for full, [d, d] for tied, [k, d] variances for diagonal, [d] for tied-diagonal,
   * [k] for spherical.
   */
  readonly shape: readonly number[];
}

/**
 * {@link Covariances} in any of the accepted forms: a tensor, numbers of any kind with their shape, or nested
 * arrays.
 */
export type CovariancesLike = MatrixLike | ArrayLike<number> | readonly MatrixRows[];

/**
 * Returns the lengths of the axes of covariances.
 *
 * @param covariance The shape of the covariances.
 * @param k Number of components.
 * @param d Number of dimensions.
 */
export function covarianceAxes(covariance: MixtureCovariance, k: number, d: number): number[] {
  const { block, shared } = mixtureShapes[covariance];
  const own = { matrix: [d, d], diagonal: [d], scalar: [] }[block];
  return shared ? own : [k, ...own];
}

/**
 * Copies covariances, unless they are a tensor, before it returns its promise.
 *
 * @param given The covariances that the caller gave.
 * @param name Their name in error messages.
 * @returns The numbers in float64, and the shape that was given with them or that nested arrays have.
 * @throws {TypeError} If they hold anything but numbers.
 * @throws {RangeError} If nested arrays differ in length.
 */
export async function copyCovariances(given: CovariancesLike, name: string): Promise<Covariances> {
  const { data, values, shape } = Object(given) as {
    data?: () => Promise<ArrayLike<number>>;
    values?: ArrayLike<number>;
    shape?: readonly number[];
  };
  if (shape === undefined) return flattened(given, name);
  const numbers = typeof data === "function" ? await data.call(given) : values;
  return {
    values: numberArray(numbers!, `${name}.values`),
    shape: [...numberArray(shape, `${name}.shape`)],
  };
}

/** Joins nested arrays, which may be of any depth. */
function flattened(list: unknown, name: string): Covariances {
  const [first] = Array.isArray(list) ? list : [];
  if (typeof Object(first).length !== "number") {
    const values = numberArray(list as ArrayLike<number>, name);
    return { values, shape: [values.length] };
  }
  const parts = (list as unknown[]).map((part, i) => flattened(part, `${name}[${i}]`));
  const { shape } = parts[0];
  const other = parts.findIndex((part) => `${part.shape}` !== `${shape}`);
  if (other !== -1) {
    throw new RangeError(
      `Cannot use ${name}: entry ${other} has shape [${
        parts[other].shape
      }] and entry 0 [${shape}], ` +
        `all must have the same`,
    );
  }
  return {
    values: Float64Array.from(parts.flatMap(({ values }) => [...values])),
    shape: [parts.length, ...shape],
  };
}
