import type { HostMatrix } from "../matrix.ts";
import { backendKernel } from "./kernel.ts";
import { openReferencePlusPlus } from "./plus_plus_reference.ts";

/** How good each candidate for the next centroid would be. */
export interface PlusPlusCandidates {
  /**
   * For each candidate, the sum over rows of the squared distance to the nearest centroid if it
   * were taken.
   */
  readonly potentials: Float64Array;
}

/** The choice of start centroids by k-means++ on fixed data. */
export interface PlusPlusSession extends Disposable {
  /**
   * Tries rows as the next centroid.
   *
   * @param rows Indices of the candidates.
   * @param closest Squared distance of each row to its nearest centroid so far; not changed.
   */
  candidates(
    rows: Uint32Array,
    closest: Float64Array,
  ): PlusPlusCandidates | Promise<PlusPlusCandidates>;
  /**
   * Takes a row as the next centroid.
   *
   * @param row Its index.
   * @param closest Lowered in place wherever the row is nearer.
   */
  accept(row: number, closest: Float64Array): void | Promise<void>;
}

/** What a backend's kernel for `MixtapePlusPlus` is called with. */
export interface PlusPlusAttributes {
  /** The data, shape [n, d], finite. */
  readonly x: HostMatrix;
}

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
 * @returns A session, to be disposed of.
 */
export function openPlusPlus(x: HostMatrix, sampleWeight?: Float64Array): PlusPlusSession {
  const kernel = sampleWeight
    ? undefined
    : backendKernel<PlusPlusAttributes, PlusPlusSession>("MixtapePlusPlus");
  return kernel ? kernel({ x }) : openReferencePlusPlus(x, sampleWeight);
}
