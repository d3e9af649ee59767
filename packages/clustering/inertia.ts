import {
  ensureBackend,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  inPieces,
  labelArray,
  type MatrixLike,
  nearest,
  numberArray,
  pieceSize,
  squaredDistance,
  throwIfAborted,
} from "@mixtape/tensor-utils";

/** Options of {@link inertia}. */
export interface InertiaOptions {
  /** The centroid of each row, from 0 to k − 1; its nearest one by default. */
  readonly labels?: ArrayLike<number>;
  /** Ends the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Returns the sum of squared distances of rows to centroids, the objective of k-means, in float64.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inertia } from "@mixtape/clustering";
 *
 * const x = { values: new Float32Array([0, 3, 9]), shape: [3, 1] } as const;
 * const centroids = { values: new Float64Array([1, 8]), shape: [2, 1] } as const;
 * assert.equal(await inertia(x, centroids), 1 + 4 + 1);
 * assert.equal(await inertia(x, centroids, { labels: [0, 1, 1] }), 1 + 25 + 1);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param centroids Shape [k, d], finite.
 * @param options The centroid of each row.
 * @returns A sum in the units of `x` squared.
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If the numbers of columns differ, a label is not from 0 to k − 1, or the sum
 * exceeds float64.
 */
export async function inertia(
  x: MatrixLike,
  centroids: MatrixLike,
  options?: InertiaOptions,
): Promise<number> {
  const { labels, signal } = givenOptions(options, { labels: true, signal: true }, "inertia");
  throwIfAborted(signal);
  const copied = labels && numberArray(labels, "labels");
  const [points, matrix] = await Promise.all([
    hostMatrix(centroids, "centroids"),
    hostMatrix(x, "x", {}, signal),
  ]);
  const [k, d] = points.shape;
  checkColumns(matrix, d);
  if (copied === undefined) {
    await ensureBackend();
    const { distances } = await nearest(matrix, Float64Array.from(points.values), k, signal);
    return await sumOverRows(distances.length, 1, (row) => distances[row], signal);
  }
  const own = checkCentroidLabels(copied, matrix.shape[0], k);
  return await sumOverRows(
    own.length,
    d,
    (row) => squaredDistance(matrix, row, points, own[row]),
    signal,
  );
}

async function sumOverRows(
  rows: number,
  numbers: number,
  distanceOf: (row: number) => number,
  signal?: AbortSignal,
): Promise<number> {
  let total = 0;
  await inPieces(rows, pieceSize(numbers), (start, end) => {
    for (let row = start; row < end; row++) total += distanceOf(row);
  }, signal);
  return checkFinite(total, "the inertia");
}

/** Checks that data has as many columns as the centroids. */
export function checkColumns({ shape }: HostMatrix, d: number): void {
  if (shape[1] === d) return;
  throw new RangeError(
    `Cannot use x: it has ${shape[1]} columns, ${d} are needed, as in the centroids`,
  );
}

/** Checks that each row's label is from 0 to k − 1. */
export function checkCentroidLabels(
  labels: ArrayLike<number>,
  rows: number,
  k: number,
): Int32Array {
  const checked = labelArray(labels, rows);
  const row = checked.findIndex((label) => label >= k);
  if (row === -1) return checked;
  throw new RangeError(
    `Cannot use labels: row ${row} has ${checked[row]}, a number from 0 to ${k - 1} is needed`,
  );
}

/** Returns `value` if it is finite; otherwise throws a RangeError that calls it `name`. */
export function checkFinite(value: number, name: string): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(
    `Cannot compute ${name}: it exceeds 1.8e308, the largest float64, divide x and the centroids ` +
      `by their largest absolute value`,
  );
}
