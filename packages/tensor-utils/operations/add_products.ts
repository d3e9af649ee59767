import { float64Product } from "./float64_product.ts";

/**
 * Adds Σ x xᵀ over some rows to the lower triangle of a sum, by {@linkcode float64Product}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addProducts, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const sum = new Float64Array(4);
 * addProducts(sum, Float64Array.of(1, 2, 3, 4), 2, 2);
 * assert.deepEqual([...sum], [10, 0, 14, 20]);
 * ```
 *
 * @param sum d × d numbers; those above the diagonal stay as they are.
 * @param x At least rows × d numbers, finite.
 * @param rows Number of rows.
 * @param d Number of columns.
 */
export function addProducts(sum: Float64Array, x: Float64Array, rows: number, d: number): void {
  if (rows === 0) return;
  float64Product({
    ...{ a: x, b: x, transposeA: true, lower: true, addTo: sum },
    ...{ m: d, n: d, k: rows },
  });
}
