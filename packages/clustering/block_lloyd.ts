import {
  disposing,
  ensureBackend,
  type HostMatrix,
  type LloydSession,
  type LloydStep,
  openLloydOnce,
  type RowReader,
} from "@mixtape/tensor-utils";
import type { ClusterMoments } from "./empty_clusters.ts";
import type { StartOptions } from "./start_centroids.ts";

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
 * @returns Labels, and sums, counts and inertia of the block.
 */
export async function assignBlock(
  block: HostMatrix,
  centroids: Float64Array,
  sampleWeight?: Float64Array,
): Promise<BlockAssignment> {
  await ensureBackend();
  return await disposing(openLloydOnce(block, sampleWeight), async (session) => {
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

function addPart(
  total: AssignmentTotal | undefined,
  { sums, counts, inertia }: AssignmentTotal,
): AssignmentTotal {
  if (!total) return { sums: sums.slice(), counts: counts.slice(), inertia };
  for (let i = 0; i < sums.length; i++) total.sums[i] += sums[i];
  for (let j = 0; j < counts.length; j++) total.counts[j] += counts[j];
  return { ...total, inertia: total.inertia + inertia };
}

/** Lloyd's algorithm on rows that are read anew at each step; of them, it keeps the labels. */
export class BlockLloyd implements LloydSession {
  readonly #rows: RowReader;
  readonly #options: StartOptions;
  readonly #labels: Int32Array;
  #centroids: Float64Array = new Float64Array();

  /**
   * @param rows The data.
   * @param options Weights of the rows, and what ends the reading.
   */
  constructor(rows: RowReader, options: StartOptions) {
    this.#rows = rows;
    this.#options = options;
    this.#labels = new Int32Array(rows.shape[0]).fill(-1);
  }

  async step(centroids: Float64Array): Promise<LloydStep> {
    this.#centroids = centroids.slice();
    try {
      return await this.#assign(this.#centroids);
    } catch (error) {
      this.reset();
      throw error;
    }
  }

  async #assign(centroids: Float64Array): Promise<LloydStep> {
    let total: AssignmentTotal | undefined;
    let changed = 0;
    for await (const block of this.#rows.transientBlocks(this.#options.signal)) {
      const { x, firstRow } = block;
      const part = await assignBlock(x, centroids, this.#weights(firstRow, x));
      if (!Number.isFinite(part.inertia)) this.#rows.check(block);
      total = addPart(total, part);
      const before = this.#labels.subarray(firstRow, firstRow + x.shape[0]);
      changed += countChanged(before, part.labels);
      before.set(part.labels);
    }
    return { ...total!, labels: this.#labels, changed };
  }

  async distances(): Promise<Float64Array> {
    const distances = new Float64Array(this.#labels.length);
    for await (const { x, firstRow } of this.#rows.transientBlocks(this.#options.signal)) {
      await disposing(openLloydOnce(x), async (session) => {
        await session.step(this.#centroids);
        distances.set(await session.distances(), firstRow);
      });
    }
    return distances;
  }

  reset(): void {
    this.#labels.fill(-1);
  }

  [Symbol.dispose](): void {}

  #weights(firstRow: number, { shape: [rows] }: HostMatrix): Float64Array | undefined {
    return this.#options.sampleWeight?.subarray(firstRow, firstRow + rows);
  }
}

function countChanged(before: Int32Array, after: Int32Array): number {
  let changed = 0;
  for (let i = 0; i < after.length; i++) if (before[i] !== after[i]) changed++;
  return changed;
}
