import type { Gpu } from "../../gpu.ts";
import { OPEN_WORDS } from "../../kernels/lloyd_frame.ts";
import { powerOfTwoBelow, type RowStore } from "../row_store.ts";
import { LloydBatch, type LloydRequest, type OpenRow, openRows } from "./lloyd_batch.ts";
import {
  type Dispatch,
  dispatchesOf,
  type LloydPart,
  type LloydPoints,
  SCORED,
} from "./lloyd_dispatches.ts";
import { LloydFrames } from "./lloyd_frames.ts";
import { layoutOf, type LloydLayout, type LloydProblem } from "./lloyd_layout.ts";
import { Pieces } from "./pieces.ts";

/** A length that no centroid has: such a cluster is nobody's. */
const NOBODY = 3.4e38;

/** Buffers, kernels and commands of Lloyd's algorithm for a number of clusters. */
export class LloydBuffers implements Disposable {
  /** Sizes of buffers and bounds of errors. */
  readonly layout: LloydLayout;
  readonly #gpu: Gpu;
  readonly #parts: readonly LloydPart[];
  readonly #points: LloydPoints;
  readonly #frames: LloydFrames;
  #staging: GPUBuffer;
  readonly #dispatches: readonly (readonly Dispatch[])[];

  /** Allocates what a problem needs on rows of a device. */
  constructor(gpu: Gpu, store: RowStore, problem: LloydProblem) {
    this.#gpu = gpu;
    const layout = this.layout = layoutOf(store, problem);
    const { n, d, k, steps, sums, tile, tiles, columns4, historyWords, stateWords, labelledSteps } =
      layout;
    const weights = problem.weights && scaled(problem.weights);
    const isDivided = layout.tilesPerPass < tiles;
    this.#parts = store.parts.map((part) => {
      const perRow = 4 * part.rows;
      return {
        ...part,
        labels: gpu.storage((steps + 1) * perRow),
        moved: gpu.storage(perRow),
        contested: gpu.storage(perRow),
        undecided: gpu.storage(sums ? OPEN_WORDS * perRow : 0),
        changes: gpu.storage(sums ? 8 * mostChanges(part.rows) : 0),
        found: isDivided ? gpu.storage(16 * SCORED * Math.ceil(part.rows / SCORED)) : undefined,
        weights: weights && gpu.filled(perRow, (words) => {
          const own = weights.subarray(part.start, part.start + part.rows);
          new Float32Array(words.buffer).set(own);
        }),
      };
    });
    this.#points = {
      c: gpu.storage(16 * columns4 * tiles * tile),
      lengths: gpu.storage(4 * tiles * tile),
      fixed: gpu.storage(4 * k * d),
      sums: gpu.storage(4 * historyWords),
      history: gpu.storage(4 * historyWords * steps),
      state: gpu.storage(4 * stateWords),
    };
    const frames = this.#frames = new LloydFrames(gpu, store, layout);
    const labelWords = n * (!sums?.areExact ? labelledSteps : 0);
    this.#staging = gpu.staging(4 * (stateWords + historyWords * steps + labelWords));
    const [parts, points] = [this.#parts, this.#points];
    this.#dispatches = dispatchesOf(gpu, { store, layout, frames, parts, points });
  }

  /** Rows of each part that may be listed as changed in a batch. */
  get mostChanges(): number[] {
    return this.#parts.map(({ rows }) => mostChanges(rows));
  }

  /** Frees all buffers. */
  [Symbol.dispose](): void {
    const all = [...Object.values(this.#points), this.#frames.buffer, this.#staging];
    for (const { labels, moved, contested, undecided, changes, weights, found } of this.#parts) {
      all.push(labels, moved, contested, undecided, changes);
      if (weights) all.push(weights);
      if (found) all.push(found);
    }
    all.forEach((buffer) => buffer.destroy());
  }

  /**
   * Places centroids that the host gives.
   *
   * @param centroids k × d numbers in the units of the device.
   */
  place(centroids: Float64Array): void {
    const { d, k, tile, tiles, columns4, fraction } = this.layout;
    const values = new Float32Array(4 * columns4 * tiles * tile);
    const lengths = new Float32Array(tiles * tile).fill(NOBODY);
    const fixed = new Int32Array(k * d);
    const unit = 2 ** fraction;
    for (let j = 0; j < k; j++) {
      const group = Math.floor(j / tile) * columns4;
      let length = 0;
      for (let p = 0; p < d; p++) {
        const value = centroids[j * d + p];
        const at = ((group + (p >> 2)) * tile + j % tile) * 4 + p % 4;
        values[at] = value;
        fixed[j * d + p] = Math.round(value * unit);
        length += value * value;
      }
      lengths[j] = length;
    }
    this.#gpu.write(this.#points.c, values);
    this.#gpu.write(this.#points.lengths, lengths);
    this.#gpu.write(this.#points.fixed, fixed);
  }

  /**
   * Runs a batch of steps from the centroids that were placed.
   *
   * @param request The steps, and what the host reads of them.
   * @param before Index of the step of the batch before that the first one follows; undefined if
   * there was none.
   */
  async run(request: LloydRequest, before: number | undefined): Promise<LloydBatch> {
    const { layout } = this;
    const encoder = this.#gpu.device.createCommandEncoder();
    encoder.clearBuffer(this.#points.state);
    if (before !== undefined) this.#goBack(encoder, before);
    const pass = encoder.beginComputePass();
    for (const dispatches of this.#dispatches.slice(0, request.steps)) {
      for (const { pipeline, bindings, groups } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(...groups);
      }
    }
    pass.end();
    const pieces = new Pieces();
    pieces.add(this.#points.state, 0, layout.stateWords);
    const history = pieces.add(this.#points.history, 0, layout.historyWords * request.steps);
    const [watched] = request.watched.map((row) => {
      const { labels, start } = this.#parts.findLast(({ start }) => start <= row)!;
      return pieces.add(labels, row - start, 1);
    });
    const places = {
      ...{ history, watched },
      changes: this.#parts.map(({ changes }, part) => {
        return pieces.add(changes, 0, 2 * (request.changes?.[part] ?? 0));
      }),
      labels: this.#parts.map(({ labels, rows }) => pieces.add(labels, 0, request.labels * rows)),
    };
    const words = await this.#read(pieces, encoder);
    return new LloydBatch(layout, this.#parts, request, words, places);
  }

  /** Reads labels of consecutive steps of the last batch, and adds them to it. */
  async readLabels(batch: LloydBatch, step: number, steps: number): Promise<void> {
    const pieces = new Pieces();
    const places = this.#parts.map(({ labels, rows }) => {
      return pieces.add(labels, step * rows, steps * rows);
    });
    batch.addLabels(step, steps, await this.#read(pieces), places);
  }

  /** Reads the undecided rows of the last step of a batch. */
  async undecided(batch: LloydBatch, step: number): Promise<OpenRow[]> {
    const lists = await this.#lists(batch, step, "undecided", OPEN_WORDS);
    return lists.flatMap((words, part) => openRows(words, this.#parts[part].start))
      .sort((a, b) => a.row - b.row);
  }

  /** Reads the contested rows of the last step of a batch. */
  async contested(batch: LloydBatch, step: number): Promise<Uint32Array> {
    const lists = await this.#lists(batch, step, "contested", 1);
    return Uint32Array.from(
      lists.flatMap((words, part) => Array.from(words, (row) => this.#parts[part].start + row)),
    ).sort();
  }

  /** Reads the lists of all parts, whose entries have some words each. */
  async #lists(
    batch: LloydBatch,
    step: number,
    list: "undecided" | "contested",
    width: number,
  ): Promise<Uint32Array[]> {
    const pieces = new Pieces();
    const counts = this.#parts.map((_, part) => width * batch.counter(step, part, list));
    const places = this.#parts.map((part, at) => pieces.add(part[list], 0, counts[at]));
    if (pieces.words === 0) return [];
    const words = await this.#read(pieces);
    return places.map((first, part) => words.subarray(first, first + counts[part]));
  }

  /** Puts labels and sums back to where they were after a step of the batch before. */
  #goBack(encoder: GPUCommandEncoder, step: number): void {
    const { steps, historyWords } = this.layout;
    for (const { rows, labels, moved } of this.#parts) {
      // A buffer cannot be copied to itself; the list is not needed yet.
      encoder.copyBufferToBuffer(labels, 4 * step * rows, moved, 0, 4 * rows);
      encoder.copyBufferToBuffer(moved, 0, labels, 4 * steps * rows, 4 * rows);
    }
    const bytes = 4 * historyWords;
    encoder.copyBufferToBuffer(this.#points.history, bytes * step, this.#points.sums, 0, bytes);
  }

  /** Submits commands, if there are any, and reads pieces of buffers after them. */
  async #read(pieces: Pieces, before?: GPUCommandEncoder): Promise<Uint32Array> {
    if (4 * pieces.words > this.#staging.size) {
      this.#staging.destroy();
      this.#staging = this.#gpu.staging(4 * pieces.words);
    }
    const encoder = before ?? this.#gpu.device.createCommandEncoder();
    return await pieces.read(this.#gpu, encoder, this.#staging);
  }
}

function mostChanges(rows: number): number {
  return Math.ceil(rows / 2);
}

/** Scales weights by a power of two to a sum of at most 1. */
function scaled(weights: Float64Array): Float64Array {
  const scale = powerOfTwoBelow(weights.reduce((sum, weight) => sum + weight, 0));
  return weights.map((weight) => weight * scale);
}
