import type { LloydSession } from "@mixtape/operations";
import type { CandidateDraws, CandidateRound } from "./candidate_round.ts";
import type { HostMatrix, MatrixLike } from "./matrix.ts";
import type { MixtureSession } from "./operations/mixture_session.ts";
import type { MixtureCovariance } from "./operations/mixture_shapes.ts";
import type { RowReader } from "./row_reader.ts";

/**
 * Rows that need not fit in memory: an algorithm reads them block by block, from the first row to
 * the last, as often as it needs.
 *
 * @example Rows that are computed when they are read
 * ```ts
 * import assert from "node:assert/strict";
 * import { type RowSource, rowBlocks, openRows } from "@mixtape/tensor-utils";
 *
 * const source: RowSource = {
 *   shape: [6, 1],
 *   async *blocks() {
 *     for (let row = 0; row < 6; row += 2) {
 *       yield { values: Float64Array.of(row, row + 1), shape: [2, 1] };
 *     }
 *   },
 * };
 * let sum = 0;
 * for await (const { x } of rowBlocks(await openRows(source))) for (const value of x.values) sum += value;
 * assert.equal(sum, 15);
 * ```
 */
export interface RowSource {
  /** Number of rows of all blocks together, and number of columns. */
  readonly shape: readonly [rows: number, columns: number];
  /**
   * Starts to read the rows from the first one; called once per pass over the data.
   *
   * @param signal Ends the reading.
   * @param memory Memory that blocks may be put into, to spare new arrays; it need not be used.
   * @returns Blocks of any number of rows, in order, whose numbers are finite. A block must not
   * change after it was given: the next one is read while it is computed with.
   */
  blocks(signal?: AbortSignal, memory?: BlockMemory): AsyncIterable<HostMatrix>;
  /**
   * Passes over the blocks that are done where the blocks are, such as on other machines; by default, blocks
   * are read and computed with here.
   */
  readonly passes?: BlockPasses;
}

/**
 * Memory that whoever reads a source lends it, since each block is done with before the next but one is read. A
 * source that uses it gives blocks of `rows` rows, but for the last, and asks once for each.
 */
export interface BlockMemory {
  /** Number of rows that blocks are to have. */
  readonly rows: number;
  /**
   * Returns memory for the next block, at an address that suits numbers of any kind.
   *
   * @param bytes Number of bytes.
   */
  next(bytes: number): Uint8Array;
}

/**
 * Passes over the blocks of a source that someone else does. They give what the same passes give here, to the bit:
 * sums are added up in the order of the blocks.
 */
export interface BlockPasses {
  /**
   * Checks all rows, and returns the largest magnitude that `wideMagnitude` finds in a block.
   *
   * @param rows The rows; their reader decides the size of blocks.
   * @param signal Ends the pass.
   */
  magnitude(rows: RowReader, signal?: AbortSignal): Promise<number>;
  /**
   * Opens Lloyd's algorithm.
   *
   * @param rows The rows.
   * @param options Weights of the rows, and a signal that ends passes.
   * @returns The session; undefined if it cannot be done there, such as with weights.
   */
  openLloyd(
    rows: RowReader,
    options: { readonly sampleWeight?: Float64Array; readonly signal?: AbortSignal },
  ): LloydSession | undefined;
  /**
   * Draws candidates for centroids from rows without weights; by default, that is done here.
   *
   * @param rows The rows.
   * @param round The candidates so far, and how many to draw.
   * @param signal Ends the pass.
   * @returns The part of each block, in their order.
   */
  drawCandidates?(
    rows: RowReader,
    round: CandidateRound,
    signal?: AbortSignal,
  ): AsyncIterable<CandidateDraws>;
  /**
   * Opens the passes of expectation-maximisation.
   *
   * @param rows The rows.
   * @param covariance Shape of the covariances.
   * @param signal Ends passes.
   */
  openMixture(
    rows: RowReader,
    covariance: MixtureCovariance,
    signal?: AbortSignal,
  ): MixtureSession;
}

/** Number of values of a block: 8 MiB of float32, enough to keep all threads at work. */
const BLOCK_VALUES = 2 ** 21;

/**
 * Returns the number of rows of the blocks that algorithms compute with: a source that gives blocks
 * of as many rows spares them a copy.
 *
 * @param columns Number of columns.
 * @param values Number of values per block, about; 2²¹ by default.
 * @returns At least 1.
 */
export function blockRowsFor(columns: number, values: number = BLOCK_VALUES): number {
  return Math.max(1, Math.floor(values / columns));
}

/** Data in memory or in blocks, where both are accepted. */
export type RowsLike = MatrixLike | RowSource;

/**
 * Returns true for a {@link RowSource}, false for data in memory.
 *
 * @param x Data as a caller gave them.
 * @returns True if `x` has a method named `blocks`.
 */
export function isRowSource(x: RowsLike): x is RowSource {
  return typeof (x as RowSource | undefined)?.blocks === "function";
}
