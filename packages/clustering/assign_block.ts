import { disposing, ensureBackend, type HostMatrix, openLloydOnce } from "@mixtape/tensor-utils";
import type { ClusterMoments } from "./empty_clusters.ts";

/** The rows of a block, assigned to their nearest centroids. */
export interface BlockAssignment extends ClusterMoments {
  /** The nearest centroid of each row, from 0 to k − 1. */
  readonly labels: Int32Array;
  /** Weighted sum of squared distances to the nearest centroid. */
  readonly inertia: number;
}

/** Sums over the rows of one or more blocks, of which the next centroids are a function. */
export type AssignmentTotal = Omit<BlockAssignment, "labels">;

/**
 * Assigns the rows of one block to their nearest centroids: the part of an iteration of Lloyd's
 * algorithm that blocks can do apart from each other. It depends on nothing but its arguments, and
 * gives the same bits on any number of threads.
 *
 * @example An iteration over two blocks
 * ```ts
 * import assert from "node:assert/strict";
 * import { assignBlock, totalOfBlocks } from "@mixtape/clustering";
 *
 * const centroids = Float64Array.of(0, 10);
 * const blocks = [[0, 2], [9, 13]].map((rows) => ({ values: Float64Array.from(rows), shape: [2, 1] as const }));
 * const { sums, counts, inertia } = totalOfBlocks(
 *   await Promise.all(blocks.map((block) => assignBlock(block, centroids))),
 * );
 * assert.deepEqual(sums.map((sum, cluster) => sum / counts[cluster]), Float64Array.of(1, 11));
 * assert.equal(inertia, 0 + 4 + 1 + 9);
 * ```
 *
 * @param block Rows, shape [n, d], finite.
 * @param centroids k × d numbers, row by row.
 * @param sampleWeight Weight of each row of the block, not negative; all 1 by default.
 * @param signal Ends the work if it takes long; the promise is then rejected with its reason.
 * @returns Labels, and sums, counts and inertia of the block.
 */
export async function assignBlock(
  block: HostMatrix,
  centroids: Float64Array,
  sampleWeight?: Float64Array,
  signal?: AbortSignal,
): Promise<BlockAssignment> {
  await ensureBackend();
  return await disposing(openLloydOnce(block, sampleWeight, signal), async (session) => {
    const { labels, sums, counts, inertia } = await session.step(centroids);
    return { labels: labels.slice(), sums: sums.slice(), counts: counts.slice(), inertia };
  });
}

/**
 * Adds up what {@link assignBlock} found, in the order given: in the order of the blocks, the sums
 * have the same bits whoever computed which block, and when.
 *
 * @param parts One or more parts, as many as there are blocks.
 * @returns Sums, counts and inertia of all their rows.
 */
export function totalOfBlocks(parts: Iterable<AssignmentTotal>): AssignmentTotal {
  let total: AssignmentTotal | undefined;
  for (const part of parts) total = addPart(total, part);
  if (total) return total;
  throw new RangeError("Cannot add up blocks: there are none, at least 1 is needed");
}

/** Adds a part to what the parts before it add up to, in place. */
export function addPart(
  total: AssignmentTotal | undefined,
  { sums, counts, inertia }: AssignmentTotal,
): AssignmentTotal {
  if (!total) return { sums: sums.slice(), counts: counts.slice(), inertia };
  for (let i = 0; i < sums.length; i++) total.sums[i] += sums[i];
  for (let j = 0; j < counts.length; j++) total.counts[j] += counts[j];
  return { ...total, inertia: total.inertia + inertia };
}
