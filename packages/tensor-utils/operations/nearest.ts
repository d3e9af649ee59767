import type { HostMatrix } from "../matrix.ts";
import { backendKernel } from "./kernel.ts";
import { openReferenceLloyd } from "./lloyd_reference.ts";

/** The nearest centroid of each row. */
export interface Nearest {
  /** Index of the nearest centroid of each row, the lowest one among equals. */
  readonly labels: Int32Array;
  /** Squared distance of each row to it, in float64. */
  readonly distances: Float64Array;
}

/** What a backend's kernel for `MixtapeNearest` is called with. */
export interface NearestAttributes {
  /** The data, shape [n, d], finite. */
  readonly x: HostMatrix;
  /** k × d numbers, row by row. */
  readonly centroids: Float64Array;
  /** The number of centroids. */
  readonly k: number;
}

/**
 * The named operation `MixtapeNearest`: the nearest centroid of each row, once. It runs the kernel
 * of the current backend, or a composition of stock TensorFlow.js operations.
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
 * @param x The data, shape [n, d], finite.
 * @param centroids k × d numbers, row by row.
 * @param k The number of centroids, at least 1.
 * @returns Labels and squared distances.
 */
export async function nearest(
  x: HostMatrix,
  centroids: Float64Array,
  k: number,
): Promise<Nearest> {
  const kernel = backendKernel<NearestAttributes, Nearest | Promise<Nearest>>("MixtapeNearest");
  if (kernel) return await kernel({ x, centroids, k });
  using session = openReferenceLloyd(x);
  const { labels } = await session.step(centroids);
  return { labels, distances: await session.distances() };
}
