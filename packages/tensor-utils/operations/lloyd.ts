import type { HostMatrix } from "../matrix.ts";
import { backendKernel } from "./kernel.ts";
import { openReferenceLloyd } from "./lloyd_reference.ts";

/** What one assignment of all rows to their nearest centroids found. */
export interface LloydStep {
  /** The nearest centroid of each row; a view that the next step overwrites. */
  readonly labels: Int32Array;
  /** Weighted sums of the rows of each cluster, k × d; overwritten by the next step. */
  readonly sums: Float64Array;
  /** Sum of the weights of each cluster's rows, k; overwritten by the next step. */
  readonly counts: Float64Array;
  /** Weighted sum of squared distances to the nearest centroid, in float64. */
  readonly inertia: number;
  /** How many labels differ from those of the step before; all of them in a first step. */
  readonly changed: number;
}

/**
 * Lloyd's algorithm on fixed data: it keeps the data where the backend wants it, and labels from
 * step to step.
 */
export interface LloydSession extends Disposable {
  /**
   * Assigns every row to its nearest centroid, as float64 arithmetic would; ties go to the lowest
   * index. If a step fails, for want of memory for instance, the next begins as after `reset()`.
   *
   * @param centroids k × d numbers, row by row.
   */
  step(centroids: Float64Array): LloydStep | Promise<LloydStep>;
  /** Squared distance of each row to its centroid, as of the last step. */
  distances(): Float64Array | Promise<Float64Array>;
  /** Forgets labels and bounds, before a new start on the same data. */
  reset(): void;
}

/** What a backend's kernel for `MixtapeLloyd` is called with. */
export interface LloydAttributes {
  /** The data, shape [n, d], finite. */
  readonly x: HostMatrix;
  /** A weight a row, not negative; all 1 unless given. */
  readonly sampleWeight?: Float64Array;
}

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
 * @returns A session to step through, to be disposed of.
 */
export function openLloyd(x: HostMatrix, sampleWeight?: Float64Array): LloydSession {
  const kernel = backendKernel<LloydAttributes, LloydSession>("MixtapeLloyd");
  return kernel ? kernel({ x, sampleWeight }) : openReferenceLloyd(x, sampleWeight);
}
