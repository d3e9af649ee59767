import {
  blockRowsFor,
  isReader,
  type LloydSession,
  matrixSource,
  type Random,
  RowReader,
  type Rows,
} from "@mixtape/tensor-utils";
import { BlockLloyd } from "./block_lloyd.ts";
import { parallelStart } from "./parallel_start.ts";
import { plusPlusOverBlocks } from "./plus_plus_blocks.ts";
import type { StartOptions } from "./start_centroids.ts";

// This module is loaded for rows in blocks alone.
export { openRows } from "@mixtape/tensor-utils";

/** Opens Lloyd's algorithm over the blocks of a reader, here or where its blocks live. */
export function openBlocks(x: RowReader, options: StartOptions): LloydSession {
  return x.passes?.openLloyd(x, options) ?? new BlockLloyd(x, options);
}

/** Chooses the centroids of one start. */
type Chooser = (clusters: number, source: Random, options: StartOptions) => Promise<Float64Array>;

/**
 * Returns the function that chooses starts from rows in blocks.
 *
 * @param x The data.
 * @param init Its algorithm.
 */
export function chooserOverBlocks(x: Rows, init: "k-means++" | "k-means||"): Chooser {
  const rows = isReader(x) ? x : new RowReader(matrixSource(x, blockRowsFor(x.shape[1])));
  const choose = init === "k-means++" ? plusPlusOverBlocks : parallelStart;
  return choose.bind(null, rows);
}
