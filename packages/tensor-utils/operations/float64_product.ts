import type { Float64Product } from "@mixtape/operations";
import { referenceProduct } from "./float64_product_reference.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Multiplies two matrices in float64, which tensors cannot hold: the named operation
 * `MixtapeFloat64Product`. It runs the kernel of the current backend, or plain loops.
 *
 * If b is triangular, its zeros (those at the ends of its columns) cost nothing; in plain loops,
 * nor do those of a. Each row of the product depends only on its own row of a, to the last bit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { float64Product, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const [a, b] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 0, 1, 1)];
 * assert.deepEqual([...float64Product({ a, b, m: 2, n: 2, k: 2 })], [3, 2, 7, 4]);
 * ```
 *
 * @param product The matrices, all finite; arrays may be longer than their shape.
 * @returns m × n numbers, `addTo` if that was given.
 */
export function float64Product(product: Float64Product): Float64Array {
  const kernel = backendKernel("MixtapeFloat64Product");
  const { a, b, m, n, k } = product;
  const exact = { ...product, a: a.subarray(0, m * k), b: b.subarray(0, n * k) };
  return (kernel ?? referenceProduct)(exact);
}
