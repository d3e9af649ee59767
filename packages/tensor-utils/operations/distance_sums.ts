import type { DistanceSumsAttributes, DistanceSumsSession } from "@mixtape/operations";
import { openReferenceDistanceSums } from "./distance_sums_reference.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Opens the named operation `MixtapeDistanceSums`: the sum of the Euclidean distances of each row to
 * the rows of each cluster, for several divisions at once, in float64 and exact even where squares
 * vanish. It runs the kernel of the current backend, or plain loops.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openDistanceSums, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: new Float32Array([0, 1, 8]), shape: [3, 1] } as const;
 * const labels = Int32Array.of(0, 0, 1);
 * using session = openDistanceSums({ x, labelings: [{ labels, clusters: 2 }] });
 * while (await session.advance());
 * const [sums] = await session.sums();
 * assert.deepEqual([...sums], [1, 8, 1, 7, 15, 0]);
 * ```
 *
 * @param attributes The rows, no number beyond 2⁴⁰⁰, and their divisions.
 * @returns A session, to be disposed of.
 */
export function openDistanceSums(attributes: DistanceSumsAttributes): DistanceSumsSession {
  return (backendKernel("MixtapeDistanceSums") ?? openReferenceDistanceSums)(attributes);
}
