import type { HostMatrix } from "./matrix.ts";
import { isSafeSquare } from "./nearest_point.ts";
import { timesPowerOfTwo } from "./power_of_two.ts";

/** Squared distances of some consecutive rows to all rows of another matrix. */
export interface DistanceBlock {
  /** First row of `x` in the block. */
  readonly start: number;
  /** Index after the last row of `x` in the block. */
  readonly end: number;
  /** `(end − start) × m` squared distances, row by row. */
  readonly values: Float64Array;
}

/**
 * Yields the squared Euclidean distances between the rows of two matrices in float64, a block of
 * rows at a time, so that memory does not grow with n·m. Differences are squared and summed, not
 * expanded, so that nothing cancels for rows that are near each other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { squaredDistances } from "@mixtape/tensor-utils";
 *
 * const x = { values: new Float64Array([0, 3]), shape: [2, 1] } as const;
 * const y = { values: new Float64Array([1]), shape: [1, 1] } as const;
 * assert.deepEqual([...squaredDistances(x, y)].flatMap((block) => [...block.values]), [1, 4]);
 * ```
 *
 * @param x Matrix of shape [n, d].
 * @param y Matrix of shape [m, d].
 * @param blockRows Rows of `x` per block; by default, enough for about a megabyte of distances.
 * @returns The blocks in the order of the rows of `x`; a square that exceeds float64 is Infinity,
 * one that vanishes is 0.
 * @throws {RangeError} If the numbers of columns differ.
 */
export function* squaredDistances(
  x: HostMatrix,
  y: HostMatrix,
  blockRows: number = Math.max(1, Math.floor(131072 / Math.max(1, y.shape[0]))),
): Generator<DistanceBlock> {
  const [n, d] = x.shape;
  const [m, columns] = y.shape;
  if (columns !== d) {
    throw new RangeError(
      `Cannot compute distances: x has ${d} columns and y has ${columns}, the same number is needed`,
    );
  }
  for (let start = 0; start < n; start += blockRows) {
    const end = Math.min(n, start + blockRows);
    const values = new Float64Array((end - start) * m);
    for (let i = start; i < end; i++) {
      for (let j = 0; j < m; j++) values[(i - start) * m + j] = squaredDistance(x, i, y, j);
    }
    yield { start, end, values };
  }
}

/**
 * Returns the squared Euclidean distance of two rows in float64.
 *
 * @param x Matrix of shape [n, d].
 * @param i Index of a row of `x`.
 * @param y Matrix of shape [m, d].
 * @param j Index of a row of `y`.
 * @returns Σ (x_i − y_j)²; Infinity or 0 if that exceeds float64 or vanishes.
 */
export function squaredDistance(x: HostMatrix, i: number, y: HostMatrix, j: number): number {
  const d = x.shape[1];
  let sum = 0;
  for (let p = 0; p < d; p++) {
    const difference = x.values[i * d + p] - y.values[j * d + p];
    sum += difference * difference;
  }
  return sum;
}

/**
 * Returns the Euclidean distance of two rows in float64, even if its square overflows or vanishes.
 *
 * @param x Matrix of shape [n, d].
 * @param i Index of a row of `x`.
 * @param y Matrix of shape [m, d].
 * @param j Index of a row of `y`.
 * @param squared Their squared distance, if it is already computed.
 * @returns |x_i − y_j|; Infinity only if the distance itself exceeds float64.
 */
export function distance(
  x: HostMatrix,
  i: number,
  y: HostMatrix,
  j: number,
  squared: number = squaredDistance(x, i, y, j),
): number {
  if (isSafeSquare(squared)) return Math.sqrt(squared);
  const d = x.shape[1];
  const [a, b] = [i * d, j * d];
  let largest = 0;
  // Divided by 4, the difference of the two largest float64 numbers does not overflow.
  const unit = squared > 1 ? 0.25 : 1;
  const difference = (p: number) => unit * x.values[a + p] - unit * y.values[b + p];
  for (let p = 0; p < d; p++) largest = Math.max(largest, Math.abs(difference(p)));
  if (largest === 0) return 0;
  const exponent = -Math.floor(Math.log2(largest));
  let sum = 0;
  for (let p = 0; p < d; p++) sum += timesPowerOfTwo(difference(p), exponent) ** 2;
  return timesPowerOfTwo(Math.sqrt(sum) / unit, -exponent);
}
