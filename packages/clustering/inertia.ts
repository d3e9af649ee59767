import {
  ensureBackend,
  hostMatrix,
  labelArray,
  type MatrixLike,
  nearest,
  squaredDistance,
} from "@mixtape/tensor-utils";

/**
 * The sum of squared distances of rows to centroids, what k-means minimises, in float64.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inertia } from "@mixtape/clustering";
 *
 * const x = { values: new Float32Array([0, 3, 9]), shape: [3, 1] } as const;
 * const centroids = { values: new Float64Array([1, 8]), shape: [2, 1] } as const;
 * assert.equal(await inertia(x, centroids), 1 + 4 + 1);
 * assert.equal(await inertia(x, centroids, [0, 1, 1]), 1 + 25 + 1);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param centroids Shape [k, d], finite.
 * @param labels The centroid of each row; its nearest one unless given.
 * @returns In the units of `x` squared.
 * @throws {RangeError} If the numbers of columns differ or a label is not that of a centroid.
 */
export async function inertia(
  x: MatrixLike,
  centroids: MatrixLike,
  labels?: ArrayLike<number>,
): Promise<number> {
  const points = await hostMatrix(centroids, "centroids");
  const [k, d] = points.shape;
  const matrix = await hostMatrix(x, "x", { columns: d });
  if (labels === undefined) {
    await ensureBackend();
    const { distances } = await nearest(matrix, Float64Array.from(points.values), k);
    return distances.reduce((sum, distance) => sum + distance, 0);
  }
  const own = checkCentroidLabels(labels, matrix.shape[0], k);
  return own.reduce((sum, label, i) => sum + squaredDistance(matrix, i, points, label), 0);
}

/** Checks that each row has the label of one of k centroids. */
export function checkCentroidLabels(
  labels: ArrayLike<number>,
  rows: number,
  k: number,
): Int32Array {
  const checked = labelArray(labels, rows);
  const row = checked.findIndex((label) => label >= k);
  if (row === -1) return checked;
  throw new RangeError(
    `Cannot use labels: row ${row} has ${checked[row]}, there are ${k} centroids`,
  );
}
