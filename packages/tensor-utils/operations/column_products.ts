import type { HostMatrix, Moments } from "@mixtape/operations";
import { columnProductsReference } from "./column_products_reference.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Measures the means of columns, and the sums of the products of each pair of centred columns, in float64: the
 * named operation `MixtapeMoments`. It runs the kernel of the current backend, or plain loops.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnProducts, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: Float64Array.of(1, 2, 3, 6), shape: [2, 2] } as const;
 * const { means, scatter } = await columnProducts(x);
 * assert.deepEqual([...means], [2, 4]);
 * assert.deepEqual([scatter[0], scatter[2], scatter[3]], [2, 4, 8]);
 * ```
 *
 * @param x Checked data, shape [n, d], n ≥ 1, whose sums of squares do not overflow; it must not be written to until
 * the promise is settled.
 * @param signal Ends the work if it takes long; the promise is then rejected with its reason.
 * @returns The means, d numbers, and d × d sums, of which those above the diagonal are undefined. Equal numbers have
 * them as their mean, so that they have no products.
 */
export async function columnProducts(x: HostMatrix, signal?: AbortSignal): Promise<Moments> {
  const compute = backendKernel("MixtapeMoments") ?? columnProductsReference;
  return await compute({ x, signal });
}
