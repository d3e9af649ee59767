import {
  disposing,
  type HostMatrix,
  type LloydSession,
  type LloydStep,
  openLloydOnce,
  type RowReader,
} from "@mixtape/tensor-utils";
import { addPart, assignBlock, type AssignmentTotal } from "./assign_block.ts";
import type { StartOptions } from "./start_centroids.ts";

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
      const part = await assignBlock(
        x,
        centroids,
        this.#weights(firstRow, x),
        this.#options.signal,
      );
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
      await disposing(openLloydOnce(x, undefined, this.#options.signal), async (session) => {
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
