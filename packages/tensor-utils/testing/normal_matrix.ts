import type { Float64Matrix } from "../matrix.ts";
import { random } from "../random.ts";

/**
 * Makes a matrix of independent normal numbers with variance 1.
 *
 * @example Two groups, 8 apart
 * ```ts
 * import { normalMatrix } from "@mixtape/tensor-utils/testing";
 *
 * const x = normalMatrix(1, 20, 3, (i) => 8 * (i % 2));
 * ```
 *
 * @param seed Seed of the numbers.
 * @param n Rows.
 * @param d Columns.
 * @param mean Mean of the number in row i and column j; 0 by default.
 * @returns The matrix, in float64.
 */
export function normalMatrix(
  seed: number,
  n: number,
  d: number,
  mean: (i: number, j: number) => number = () => 0,
): Float64Matrix {
  const source = random(seed);
  const values = Float64Array.from(
    { length: n * d },
    (_, at) => source.normal() + mean(Math.floor(at / d), at % d),
  );
  return { values, shape: [n, d] };
}
