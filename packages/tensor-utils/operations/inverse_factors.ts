import type { InverseFactors, InverseFactorsAttributes, MaybePromise } from "@mixtape/operations";
import { referenceInverseFactors } from "./inverse_factors_reference.ts";
import { backendKernel } from "./kernel.ts";

/** From so many rows on, a kernel takes less time than it takes to call it. */
const FEWEST_ROWS = 32;

/**
 * Inverts the Cholesky factors of symmetric matrices, A = L·Lᵀ, in float64: the named operation
 * `MixtapeInverseFactors`. L⁻¹ whitens rows with the covariance A.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inverseFactors } from "@mixtape/tensor-utils";
 *
 * const matrices = Float64Array.of(4, 2, 2, 5, 1, 2, 2, 1);
 * const { factors, failures } = await inverseFactors({ matrices, d: 2 });
 * assert.deepEqual([...factors.subarray(0, 4)], [0.5, 0, -0.25, 0.5]);
 * assert.deepEqual([...failures], [-1, 1]);
 * ```
 *
 * @param attributes The matrices, which must not be written to until the promise is settled; their numbers of rows;
 * a signal.
 * @returns The inverses, and which matrices are not positive definite; at once if that takes some milliseconds.
 */
export function inverseFactors(attributes: InverseFactorsAttributes): MaybePromise<InverseFactors> {
  const kernel = attributes.d < FEWEST_ROWS ? undefined : backendKernel("MixtapeInverseFactors");
  return (kernel ?? referenceInverseFactors)(attributes);
}
