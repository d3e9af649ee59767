import type { HostMatrix, PlusPlusSession } from "@mixtape/operations";
import { backendKernel } from "./kernel.ts";
import { openReferencePlusPlus } from "./plus_plus_reference.ts";

/**
 * Opens the named operation `MixtapePlusPlus`: distances to candidate centroids that are rows of
 * the data. It runs the kernel of the current backend, or a composition of stock TensorFlow.js
 * operations (always the latter with weights). Distances are accurate to float32; those of equal
 * rows are exactly 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openPlusPlus, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * using session = openPlusPlus({ values: new Float32Array([0, 1, 8]), shape: [3, 1] });
 * const closest = new Float64Array(3).fill(Infinity);
 * await session.accept(0, closest);
 * assert.deepEqual([...closest], [0, 1, 64]);
 * const { potentials } = await session.candidates(new Uint32Array([1, 2]), closest);
 * assert.deepEqual([...potentials], [49, 1]);
 * ```
 *
 * @param x Data, shape [n, d], finite, not changed while the session is open.
 * @param sampleWeight Weight of each row in the potentials, not negative; all 1 by default.
 * @param signal Ends calls that take long; their promise is then rejected with its reason.
 * @returns A session, to be disposed of.
 */
export function openPlusPlus(
  x: HostMatrix,
  sampleWeight?: Float64Array,
  signal?: AbortSignal,
): PlusPlusSession {
  const kernel = sampleWeight ? undefined : backendKernel("MixtapePlusPlus");
  return kernel ? kernel({ x, signal }) : openReferencePlusPlus(x, sampleWeight);
}
