/**
 * The contract between Mixtape's algorithms and its backends: the names, attributes and results of the named
 * operations. It holds types alone, which leave nothing at run time.
 *
 * @example A kernel of a backend of one's own
 * ```ts
 * import assert from "node:assert/strict";
 * import type { NamedKernel } from "@mixtape/operations";
 *
 * const nearestOfOne: NamedKernel<"MixtapeNearest", object> = ({ attrs: { x, centroids } }) => {
 *   const [n, d] = x.shape;
 *   const distances = new Float64Array(n);
 *   x.values.forEach((value, at) => distances[Math.floor(at / d)] += (value - centroids[at % d]) ** 2);
 *   return { labels: new Int32Array(n), distances };
 * };
 *
 * const x = { values: Float32Array.of(0, 0, 3, 4), shape: [2, 2] } as const;
 * const attrs = { x, centroids: Float64Array.of(0, 0), k: 1 };
 * const { distances } = await nearestOfOne({ inputs: {}, attrs, backend: {} });
 * assert.deepEqual([...distances], [0, 25]);
 * ```
 *
 * @module
 */
export type * from "./batch_means.ts";
export type * from "./bootstrap.ts";
export type * from "./dense.ts";
export type * from "./dense_classes.ts";
export type * from "./dense_forward.ts";
export type * from "./distances.ts";
export type * from "./distance_sums.ts";
export type * from "./float64_product.ts";
export type * from "./host_matrix.ts";
export type * from "./inverse_factors.ts";
export type * from "./kernel.ts";
export type * from "./lloyd.ts";
export type * from "./maybe_promise.ts";
export type * from "./mixture.ts";
export type * from "./moments.ts";
export type * from "./named_operations.ts";
export type * from "./nearest.ts";
export type * from "./neighbors.ts";
export type * from "./observed.ts";
export type * from "./placement.ts";
export type * from "./plus_plus.ts";
export type * from "./projection.ts";
export type * from "./tridiagonal.ts";
