import { inPieces, pieceSize } from "../abort.ts";
import { ensureBackend } from "../backend.ts";
import { disposing } from "../disposing.ts";
import { checkValues, viewMatrix } from "../host_matrix.ts";
import type { Float64Matrix, HostMatrix, Nearest, SumOfDistances } from "@mixtape/operations";
import { type MatrixLike, takeRows } from "../matrix.ts";
import { isSafeSquare, nearestPoint } from "../nearest_point.ts";
import { largestMagnitude, safeExponent } from "../power_of_two.ts";
import { rowsMagnitude } from "../rows.ts";
import { backendKernel } from "./kernel.ts";
import { openReferenceLloyd } from "./lloyd_reference.ts";
import { placedMatrix, releasing } from "./placed_matrix.ts";

/**
 * Finds the nearest centroid of each row, once: the named operation `MixtapeNearest`. It runs the
 * kernel of the current backend, or a composition of stock TensorFlow.js operations. Rows whose
 * squared distances overflow or vanish are labelled on the host.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nearest, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: new Float32Array([0, 9]), shape: [2, 1] } as const;
 * const { labels, distances } = await nearest(x, new Float64Array([1, 7]), 2);
 * assert.deepEqual([...labels], [0, 1]);
 * assert.deepEqual([...distances], [1, 4]);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param centroids k × d numbers, row by row.
 * @param k Number of centroids, at least 1.
 * @param signal Ends the search if it takes long; the promise is then rejected with its reason.
 * @returns Labels and squared distances.
 */
export async function nearest(
  x: HostMatrix,
  centroids: Float64Array,
  k: number,
  signal?: AbortSignal,
): Promise<Nearest> {
  return await find(x, centroids, k, signal);
}

async function find(
  x: HostMatrix,
  centroids: Float64Array,
  k: number,
  signal?: AbortSignal,
  sum?: SumOfDistances,
): Promise<Nearest> {
  if (safeExponent(largestMagnitude(centroids)) !== 0) return await onHost(x, centroids, signal);
  if (safeExponent(await rowsMagnitude(x, signal)) >= 0) {
    const found = await byKernel(x, centroids, k, signal, sum);
    return found.sum === undefined ? await checked(x, centroids, found, signal) : found;
  }
  const [n, d] = x.shape;
  const isLarge = (row: number) =>
    safeExponent(largestMagnitude(x.values.subarray(row * d, (row + 1) * d))) < 0;
  const rows = Uint32Array.from({ length: n }, (_, row) => row);
  const ordinary = rows.filter((row) => !isLarge(row));
  const large = rows.filter(isLarge);
  const result = { labels: new Int32Array(n), distances: new Float64Array(n) };
  scatter(result, large, await onHost(takeRows(x, large), centroids, signal));
  if (ordinary.length > 0) {
    scatter(result, ordinary, await nearest(takeRows(x, ordinary), centroids, k, signal));
  }
  return result;
}

/**
 * Finds the nearest centroid of each row, as {@link nearest} does, and adds up the squared distances,
 * one row after the other: blocks of rows give the same bits as all at once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nearestWithSum, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: new Float32Array([0, 9]), shape: [2, 1] } as const;
 * const { labels, sum } = await nearestWithSum(x, new Float64Array([1, 7]), 2, { from: 10 });
 * assert.deepEqual([...labels], [0, 1]);
 * assert.equal(sum, 15);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param centroids k × d numbers, row by row.
 * @param k Number of centroids, at least 1.
 * @param of The sum of the rows before, and the weight of each row.
 * @param signal Ends the search if it takes long; the promise is then rejected with its reason.
 * @returns Labels, and the weighted sum.
 */
export async function nearestWithSum(
  x: HostMatrix,
  centroids: Float64Array,
  k: number,
  of: SumOfDistances,
  signal?: AbortSignal,
): Promise<{ labels: Int32Array; sum: number }> {
  const { labels, distances, sum } = await find(x, centroids, k, signal, of);
  if (sum !== undefined) return { labels, sum };
  const { from, weights } = of;
  let total = from;
  await inPieces(distances.length, pieceSize(), (start, end) => {
    let part = total;
    for (let i = start; i < end; i++) part += weights ? distances[i] * weights[i] : distances[i];
    total = part;
  }, signal);
  return { labels, sum: total };
}

/**
 * Finds the nearest centroid of each row, as {@link nearest} does, and no distances. Data that the
 * backend can take as they are, bytes and float32, are neither copied nor checked on the host.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nearestLabels, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const centroids = { values: Float64Array.of(1, 7), shape: [2, 1] } as const;
 * assert.deepEqual([...await nearestLabels([[0], [9]], centroids)], [0, 1]);
 * ```
 *
 * @param x Data, shape [n, d], finite; read before the function returns its promise, unless it is a
 * tensor.
 * @param centroids Centroids, shape [k, d].
 * @param signal Ends the search if it takes long; the promise is then rejected with its reason.
 * @returns One label per row.
 * @throws {TypeError} If `x` is not a matrix.
 * @throws {RangeError} If `x` has other columns than the centroids, or a value is not finite.
 */
export async function nearestLabels(
  x: MatrixLike,
  centroids: Float64Matrix,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const [k, d] = centroids.shape;
  const { values } = centroids;
  const kernel = backendKernel("MixtapeNearest");
  const view = kernel && isOrdinary(values) && viewMatrix(x, "x", { columns: d });
  if (kernel && view && view.values.BYTES_PER_ELEMENT < 8) {
    const attrs = { x: view, centroids: values, k, labelsAlone: true, signal };
    const { labels, notFinite } = await kernel(attrs);
    if (!notFinite) return labels;
    checkValues(notFinite.x, "x", false, notFinite.row);
  }
  return await releasing(placedMatrix(x, "x", { columns: d }, signal), async (placing) => {
    const matrix = await placing;
    await ensureBackend();
    return (await nearest(matrix, values, k, signal)).labels;
  });
}

/**
 * Returns true if no square of a difference of a centroid and a float32 number overflows or
 * vanishes.
 */
function isOrdinary(centroids: Float64Array): boolean {
  return centroids.every((value) => value === 0 || Math.abs(Math.log2(value ** 2)) < 800);
}

async function byKernel(
  x: HostMatrix,
  centroids: Float64Array,
  k: number,
  signal?: AbortSignal,
  sum?: SumOfDistances,
): Promise<Nearest> {
  const kernel = backendKernel("MixtapeNearest");
  if (kernel) return await kernel({ x, centroids, k, ...(sum && { sum }), signal });
  return await disposing(openReferenceLloyd(x), async (session) => {
    const { labels } = await session.step(centroids);
    return { labels, distances: await session.distances() };
  });
}

/** Decides again where squares vanished, unless the row equals its centroid. */
async function checked(
  x: HostMatrix,
  centroids: Float64Array,
  found: Nearest,
  signal?: AbortSignal,
): Promise<Nearest> {
  const [n, d] = x.shape;
  const { labels, distances } = found;
  await inPieces(n, rowsAtOnce(centroids), (start, end) => {
    for (let i = start; i < end; i++) {
      if (isSafeSquare(distances[i])) continue;
      const row = x.values.subarray(i * d, (i + 1) * d);
      if (row.every((value, p) => value === centroids[labels[i] * d + p])) continue;
      findOnHost(x, centroids, i, found);
    }
  }, signal);
  return found;
}

async function onHost(
  x: HostMatrix,
  centroids: Float64Array,
  signal?: AbortSignal,
): Promise<Nearest> {
  const [n] = x.shape;
  const found = { labels: new Int32Array(n), distances: new Float64Array(n) };
  await inPieces(n, rowsAtOnce(centroids), (start, end) => {
    for (let i = start; i < end; i++) findOnHost(x, centroids, i, found);
  }, signal);
  return found;
}

function findOnHost(
  { values, shape: [, d] }: HostMatrix,
  centroids: Float64Array,
  row: number,
  { labels, distances }: Nearest,
): void {
  const found = nearestPoint(values.subarray(row * d, (row + 1) * d), centroids);
  labels[row] = found.label;
  distances[row] = found.squaredDistance;
}

/** Number of rows that are measured on the host between two looks at the clock: some milliseconds. */
function rowsAtOnce(centroids: Float64Array): number {
  return Math.ceil(2 ** 22 / centroids.length);
}

function scatter(to: Nearest, rows: Uint32Array, from: Nearest): void {
  rows.forEach((row, i) => {
    to.labels[row] = from.labels[i];
    to.distances[row] = from.distances[i];
  });
}
