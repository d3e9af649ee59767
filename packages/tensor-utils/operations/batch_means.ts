import type { BatchMeansSession, HostMatrix } from "@mixtape/operations";
import { openReferenceBatchMeans } from "./batch_means_reference.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Opens the named operation `MixtapeBatchMeans`: steps of mini-batch k-means, which move centroids
 * to the means of the rows that they have seen. It runs the kernel of the current backend, or
 * gathers each batch for a step of `MixtapeLloyd`.
 *
 * @example One step
 * ```ts
 * import assert from "node:assert/strict";
 * import { openBatchMeans, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * using session = openBatchMeans({ values: new Float32Array([0, 2, 9, 11]), shape: [4, 1] });
 * const [centroids, seen] = [Float64Array.of(1, 10), Float64Array.of(1, 0)];
 * await session.steps(centroids, seen, {
 *   size: 3,
 *   draw: () => Uint32Array.of(1, 3, 3),
 *   after(_rows, inertia) {
 *     assert.equal(inertia, 3);
 *     return "end";
 *   },
 * });
 * assert.deepEqual([...centroids], [1.5, 11]);
 * assert.deepEqual([...seen], [2, 2]);
 * ```
 *
 * @param x Data, shape [n, d], finite, not changed while the session is open.
 * @param sampleWeight Weight of each row, not negative; all 1 by default.
 * @param signal Ends calls that take long; their promise is then rejected with its reason.
 * @returns A session to step through, to be disposed of.
 */
export function openBatchMeans(
  x: HostMatrix,
  sampleWeight?: Float64Array,
  signal?: AbortSignal,
): BatchMeansSession {
  return (backendKernel("MixtapeBatchMeans") ?? openReferenceBatchMeans)({
    ...{ x, sampleWeight, signal },
  });
}
