import { backendKernel } from "./kernel.ts";
import { referenceProduct } from "./float64_product_reference.ts";

/** What a backend's kernel for `MixtapeFloat64Product` is called with: a b, row by row. */
export interface Float64Product {
  /** m × k numbers, or k × m if `transposeA`. */
  readonly a: Float64Array;
  /** k × n numbers, or n × k if `transposeB`. */
  readonly b: Float64Array;
  /** Rows of the product. */
  readonly m: number;
  /** Columns of the product. */
  readonly n: number;
  /** Terms of each sum. */
  readonly k: number;
  /** Whether a is stored transposed. */
  readonly transposeA?: boolean;
  /** Whether b is stored transposed. */
  readonly transposeB?: boolean;
  /** Whether what stands above the diagonal of the product may be anything. */
  readonly lower?: boolean;
}

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
 * @returns m × n numbers.
 */
export function float64Product(product: Float64Product): Float64Array {
  const kernel = backendKernel<Float64Product, Float64Array>("MixtapeFloat64Product");
  const { a, b, m, n, k } = product;
  const exact = { ...product, a: a.subarray(0, m * k), b: b.subarray(0, n * k) };
  return (kernel ?? referenceProduct)(exact);
}
