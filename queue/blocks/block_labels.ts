import { createHash } from "node:crypto";
import { keptBytes, Outcomes } from "../outcomes.ts";
import { type BlockQuestion, hashOf } from "./block_question.ts";

/** Blocks of rows of which labels are kept together. */
export type BlockRange = Pick<BlockQuestion, "data" | "blockRows" | "firstBlock" | "endBlock">;

/** Labels of the rows of some blocks, and the centroids by which they were assigned. */
export interface AssignedLabels {
  readonly centroids: Float64Array;
  readonly labels: Int32Array;
}

/**
 * Labels of rows under centroids, in the folder that a run and its workers share: one file per job. A worker that takes
 * over a block finds there what the last one assigned, and a run the labels of a fit, so that none go through Redis.
 */
export class BlockLabels {
  readonly #sharedDir: string;
  readonly #outcomes: Outcomes;

  /** @param sharedDir Path of the folder. */
  constructor(sharedDir: string) {
    this.#sharedDir = sharedDir;
    this.#outcomes = new Outcomes(sharedDir);
  }

  /**
   * Reads labels.
   *
   * @param range The blocks.
   * @param centroids The centroids.
   * @returns The labels of all their rows; nothing if they are missing or damaged.
   */
  async read(range: BlockRange, centroids: Float64Array): Promise<Int32Array | undefined> {
    const kept = await this.#outcomes.read(folderOf(range), nameOf(range, centroids));
    return kept && new Int32Array(kept.bytes.slice().buffer);
  }

  /**
   * Keeps labels, if the folder is there: a run makes it, so that without it the run is gone or has another. Others see
   * them whole or not at all.
   *
   * @param range The blocks.
   * @param assigned The labels of all their rows.
   */
  async write(range: BlockRange, { centroids, labels }: AssignedLabels): Promise<void> {
    if (!await Deno.stat(this.#sharedDir).then(() => true, () => false)) return;
    const kept = keptBytes(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
    await this.#outcomes.write(folderOf(range), nameOf(range, centroids), kept);
  }

  /**
   * Removes labels that nobody needs any more.
   *
   * @param ranges All ranges of the data.
   * @param centroids The centroids.
   */
  async remove(ranges: readonly BlockRange[], centroids: Float64Array): Promise<void> {
    const names = ranges.map((range) => nameOf(range, centroids));
    await this.#outcomes.remove(folderOf(ranges[0]), names);
  }
}

function folderOf({ data }: BlockRange): string {
  return `labels-${data.sha256.slice(0, 16)}`;
}

function nameOf({ data, blockRows, firstBlock, endBlock }: BlockRange, centroids: Float64Array) {
  const { path: _, ...own } = data;
  const of = createHash("sha256").update(centroids).update(hashOf({ ...own, blockRows }));
  return `${of.digest("hex")}-${firstBlock}-${endBlock}`;
}
