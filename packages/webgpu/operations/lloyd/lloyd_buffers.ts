import type { Gpu, Kernel } from "../../gpu.ts";
import { grid, powerOfTwoFrom } from "../../gpu.ts";
import { lloydAssign } from "../../kernels/lloyd_assign.ts";
import { decideThreads, lloydDecide } from "../../kernels/lloyd_decide.ts";
import { lloydMeans } from "../../kernels/lloyd_means.ts";
import { heldClusters, lloydMove, MOVE_THREADS } from "../../kernels/lloyd_move.ts";
import type { LloydSums } from "../../kernels/lloyd_sums.ts";
import { BLOCK, BLOCKS } from "../../kernels/rows.ts";
import { MOST_TURNS } from "../../kernels/wgsl.ts";
import { powerOfTwoBelow, type RowPart, type RowStore } from "../row_store.ts";
import { LloydBatch, type RowList } from "./lloyd_batch.ts";
import { LloydFrames } from "./lloyd_frames.ts";
import { layoutOf, type LloydLayout, type LloydProblem } from "./lloyd_layout.ts";
import { decideTurns } from "./turns.ts";

/** A length that no centroid has: such a cluster is nobody's. */
const NOBODY = 3.4e38;
/** Rows that a workgroup scores. */
const SCORED = BLOCK * BLOCKS;
/** Workgroups that divide the rows that moved, or are contested, among them. */
const GROUPS = 128;

/** Rows of a part and what belongs to them. */
interface PartBuffers extends RowPart {
  readonly labels: GPUBuffer;
  readonly moved: GPUBuffer;
  readonly contested: GPUBuffer;
  readonly undecided: GPUBuffer;
  readonly weights: GPUBuffer | undefined;
  /** Kept of each row from one pass of scores to the next, if there are several. */
  readonly found: GPUBuffer | undefined;
}

/** A dispatch of a step. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [x: number, y: number];
}

/** Buffers, kernels and commands of Lloyd's algorithm for a number of clusters. */
export class LloydBuffers implements Disposable {
  /** Sizes of buffers and bounds of errors. */
  readonly layout: LloydLayout;
  readonly #gpu: Gpu;
  readonly #store: RowStore;
  readonly #parts: readonly PartBuffers[];
  readonly #c: GPUBuffer;
  readonly #lengths: GPUBuffer;
  readonly #fixed: GPUBuffer;
  readonly #sums: GPUBuffer;
  readonly #history: GPUBuffer;
  readonly #state: GPUBuffer;
  readonly #frames: LloydFrames;
  readonly #staging: GPUBuffer;
  readonly #dispatches: readonly (readonly Dispatch[])[];

  /** Allocates what a problem needs on rows of a device. */
  constructor(gpu: Gpu, store: RowStore, problem: LloydProblem) {
    this.#gpu = gpu;
    this.#store = store;
    const layout = this.layout = layoutOf(store, problem);
    const { n, d, k, steps, sums, tile, tiles, columns4, historyWords, stateWords } = layout;
    const weights = problem.weights && scaled(problem.weights);
    const isDivided = layout.tilesPerPass < tiles;
    this.#parts = store.parts.map((part) => {
      const perRow = 4 * part.rows;
      return {
        ...part,
        labels: gpu.storage((steps + 1) * perRow),
        moved: gpu.storage(perRow),
        contested: gpu.storage(perRow),
        undecided: gpu.storage(perRow),
        found: isDivided ? gpu.storage(16 * SCORED * Math.ceil(part.rows / SCORED)) : undefined,
        weights: weights && gpu.filled(perRow, (words) => {
          const own = weights.subarray(part.start, part.start + part.rows);
          new Float32Array(words.buffer).set(own);
        }),
      };
    });
    this.#c = gpu.storage(16 * columns4 * tiles * tile);
    this.#lengths = gpu.storage(4 * tiles * tile);
    this.#fixed = gpu.storage(4 * k * d);
    this.#sums = gpu.storage(sums ? 4 * sums.words * k * (d + 1) : 0);
    this.#history = gpu.storage(4 * historyWords * steps);
    this.#state = gpu.storage(4 * stateWords);
    this.#frames = new LloydFrames(gpu, store, layout);
    this.#staging = gpu.staging(4 * (stateWords + (historyWords + n) * steps));
    this.#dispatches = this.#prepare();
  }

  /** Frees all buffers. */
  [Symbol.dispose](): void {
    const own = [this.#c, this.#lengths, this.#fixed, this.#sums, this.#history, this.#state];
    const all = [...own, this.#frames.buffer, this.#staging];
    for (const { labels, moved, contested, undecided, weights, found } of this.#parts) {
      all.push(labels, moved, contested, undecided);
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
    this.#gpu.write(this.#c, values);
    this.#gpu.write(this.#lengths, lengths);
    this.#gpu.write(this.#fixed, fixed);
  }

  /**
   * Runs a batch of steps from the centroids that were placed.
   *
   * @param steps Number of steps, at most those of a batch.
   * @param before Index of the last step that the batch before took; undefined before the first.
   * @returns State, sums and labels of the steps.
   */
  async run(steps: number, before: number | undefined): Promise<LloydBatch> {
    const { layout } = this;
    const encoder = this.#gpu.device.createCommandEncoder();
    encoder.clearBuffer(this.#state);
    for (const { rows, labels, moved } of this.#parts) {
      if (before === undefined) continue;
      // A buffer cannot be copied to itself; the list is not needed yet.
      encoder.copyBufferToBuffer(labels, 4 * before * rows, moved, 0, 4 * rows);
      encoder.copyBufferToBuffer(moved, 0, labels, 4 * layout.steps * rows, 4 * rows);
    }
    const pass = encoder.beginComputePass();
    for (const dispatches of this.#dispatches.slice(0, steps)) {
      for (const { pipeline, bindings, groups } of dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(...groups);
      }
    }
    pass.end();
    const copies: [GPUBuffer, number][] = [[this.#state, layout.stateWords]];
    if (layout.sums) copies.push([this.#history, layout.historyWords * layout.steps]);
    for (const { rows, labels } of this.#parts) copies.push([labels, layout.steps * rows]);
    let at = 0;
    const starts = copies.map(([buffer, words]) => {
      encoder.copyBufferToBuffer(buffer, 0, this.#staging, 4 * at, 4 * words);
      return (at += words) - words;
    });
    const words = new Uint32Array(await this.#gpu.read(encoder, this.#staging));
    const labelsAt = starts.slice(copies.length - this.#parts.length);
    return new LloydBatch(layout, steps, words, starts[1], labelsAt, this.#parts);
  }

  /** Reads the lists of a step: of rows that are undecided, or of all that are contested. */
  async rowsListed(
    batch: LloydBatch,
    step: number,
    list: RowList,
  ): Promise<number[]> {
    const found: number[] = [];
    for (const [index, part] of this.#parts.entries()) {
      const count = batch.counter(step, index, list);
      if (count === 0) continue;
      const encoder = this.#gpu.device.createCommandEncoder();
      encoder.copyBufferToBuffer(part[list], 0, this.#staging, 0, 4 * count);
      const words = new Uint32Array(await this.#gpu.read(encoder, this.#staging), 0, count);
      for (const row of words) found.push(part.start + row);
    }
    return found.sort((a, b) => a - b);
  }

  /** Binds the kernels of each step. */
  #prepare(): Dispatch[][] {
    const gpu = this.#gpu;
    const { d, k, steps, sums, tile, tiles, tilesPerPass } = this.layout;
    const passes = Math.ceil(tiles / tilesPerPass);
    const assign = gpu.kernel(lloydAssign(this.#store.storage, tile, passes > 1), [
      ...["read", "read", "read", "write", "write", "write", "write", "uniform"] as const,
      ...passes > 1 ? ["write" as const] : [],
    ]);
    const moving = sums && this.#moveKernels(sums);
    return Array.from({ length: steps }, (_, step) => {
      const dispatches: Dispatch[] = [];
      const add = (
        { pipeline, ...kernel }: Kernel,
        [own, frame, after]: [own: GPUBuffer[], frame: GPUBufferBinding, after?: GPUBuffer],
        groups: [number, number],
      ) => {
        const resources = [...own, frame, ...after ? [after] : []];
        dispatches.push({
          pipeline,
          bindings: gpu.bind({ pipeline, ...kernel }, resources),
          groups,
        });
      };
      for (const [index, part] of this.#parts.entries()) {
        const { buffer: x, rows, labels, moved, contested, undecided } = part;
        const frame = this.#frames.of(step, index);
        const scored = [x, this.#c, this.#lengths, labels, moved, contested, this.#state];
        for (let pass = 0; pass < passes; pass++) {
          const own = this.#frames.of(step, index, pass);
          add(assign, [scored, own, part.found], grid(Math.ceil(rows / SCORED)));
        }
        if (!moving) continue;
        const decided = [x, this.#fixed, labels, moved, contested, undecided, this.#state];
        const deciding = Math.ceil(rows * decideTurns(d, k) / MOST_TURNS);
        add(moving.decide, [decided, frame], grid(Math.max(GROUPS, deciding)));
        const groups = Math.max(GROUPS, Math.ceil(2 * rows / MOST_TURNS));
        const columns = Math.ceil(d / (4 * MOVE_THREADS));
        const summed = [x, labels, moved, this.#sums, this.#state];
        add(moving.move, [summed, frame, part.weights], [groups, columns]);
      }
      if (moving) {
        const moved = [this.#sums, this.#history, this.#c, this.#lengths, this.#fixed, this.#state];
        add(moving.means, [moved, this.#frames.of(step, 0)], grid(k));
      }
      return dispatches;
    });
  }

  #moveKernels(sums: LloydSums): Record<"decide" | "move" | "means", Kernel> {
    const gpu = this.#gpu;
    const { k } = this.layout;
    const held = heldClusters(sums, gpu.device.limits.maxComputeWorkgroupStorageSize);
    return {
      decide: gpu.kernel(lloydDecide(sums.storage, decideThreads(k)), [
        ...["read", "read", "write", "write", "read", "write", "write", "uniform"] as const,
      ]),
      move: gpu.kernel(lloydMove(sums, k <= held ? Math.min(held, powerOfTwoFrom(k)) : 0), [
        ...["read", "read", "read", "write", "write", "uniform"] as const,
        ...sums.isWeighted ? ["read" as const] : [],
      ]),
      means: gpu.kernel(lloydMeans(sums), [
        ...["write", "write", "write", "write", "write", "write", "uniform"] as const,
      ]),
    };
  }
}

/** Scales weights by a power of two to a sum of at most 1. */
function scaled(weights: Float64Array): Float64Array {
  const scale = powerOfTwoBelow(weights.reduce((sum, weight) => sum + weight, 0));
  return weights.map((weight) => weight * scale);
}
