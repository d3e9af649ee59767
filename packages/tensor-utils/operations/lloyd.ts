import type { HostMatrix, LloydSession } from "@mixtape/operations";
import { backendKernel } from "./kernel.ts";
import { openReferenceLloyd } from "./lloyd_reference.ts";

/**
 * Opens the named operation `MixtapeLloyd`: assignment of rows to their nearest centroids, with the
 * sums of each cluster. It runs the kernel of the current backend, or a composition of stock
 * TensorFlow.js operations.
 *
 * @example One step
 * ```ts
 * import assert from "node:assert/strict";
 * import { openLloyd, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: new Float32Array([0, 1, 9, 11]), shape: [4, 1] } as const;
 * using session = openLloyd(x);
 * const step = await session.step(new Float64Array([0, 10]));
 * assert.deepEqual([...step.labels], [0, 0, 1, 1]);
 * assert.deepEqual([...step.sums], [1, 20]);
 * assert.equal(step.inertia, 3);
 * ```
 *
 * @param x Data, shape [n, d], finite, not changed while the session is open.
 * @param sampleWeight Weight of each row, not negative; all 1 by default.
 * @param signal Ends calls that take long; their promise is then rejected with its reason.
 * @returns A session to step through, to be disposed of.
 */
export function openLloyd(
  x: HostMatrix,
  sampleWeight?: Float64Array,
  signal?: AbortSignal,
): LloydSession {
  const kernel = backendKernel("MixtapeLloyd");
  return kernel ? kernel({ x, sampleWeight, signal }) : openReferenceLloyd(x, sampleWeight);
}

/**
 * Opens {@link openLloyd}'s session for a single step, as on a block that is read anew for the next
 * one: nothing is prepared that would only save later steps time.
 *
 * @param x Data, shape [n, d], finite, not changed while the session is open.
 * @param sampleWeight Weight of each row, not negative; all 1 by default.
 * @param signal Ends calls that take long; their promise is then rejected with its reason.
 * @returns A session to step through, to be disposed of.
 */
export function openLloydOnce(
  x: HostMatrix,
  sampleWeight?: Float64Array,
  signal?: AbortSignal,
): LloydSession {
  const kernel = backendKernel("MixtapeLloyd");
  return kernel
    ? kernel({ x, sampleWeight, signal, once: true })
    : openReferenceLloyd(x, sampleWeight);
}
