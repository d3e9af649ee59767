import type { IntegerScatter } from "@mixtape/operations";
import { referenceProduct } from "./float64_product_reference.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Adds Σ x xᵀ over rows of whole numbers to the lower triangle of other sums, without rounding as
 * long as these stay below 2⁵³: the named operation `MixtapeIntegerScatter`. It runs the kernel of
 * the current backend, or plain loops.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addIntegerScatter, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const addTo = new Float64Array(4);
 * addIntegerScatter({ rows: Int16Array.of(1, 2, 3, 4), largest: 4, n: 2, d: 2, addTo });
 * assert.deepEqual([...addTo], [10, 0, 14, 20]);
 * ```
 *
 * @param scatter The rows; their array may be longer than their shape.
 * @returns `addTo`.
 */
export function addIntegerScatter(scatter: IntegerScatter): Float64Array {
  const { rows, n, d } = scatter;
  const exact = { ...scatter, rows: rows.subarray(0, n * d) };
  return (backendKernel("MixtapeIntegerScatter") ?? referenceScatter)(exact);
}

/** Computes `MixtapeIntegerScatter` in plain loops, for any backend. */
function referenceScatter({ rows, n, d, addTo }: IntegerScatter): Float64Array {
  const x = Float64Array.from(rows);
  return referenceProduct({ a: x, b: x, m: d, n: d, k: n, transposeA: true, lower: true, addTo });
}
