import type { Gpu, Kernel } from "../../gpu.ts";
import { grid, powerOfTwoFrom } from "../../gpu.ts";
import { lloydAssign } from "../../kernels/lloyd_assign.ts";
import { lloydDecide } from "../../kernels/lloyd_decide.ts";
import { COUNTERS, FRACTION, FRAME_BYTES } from "../../kernels/lloyd_frame.ts";
import { lloydMeans } from "../../kernels/lloyd_means.ts";
import { heldClusters, lloydMove, MOVE_THREADS, sumWords } from "../../kernels/lloyd_move.ts";
import { BLOCK, BLOCKS, quadColumns } from "../../kernels/rows.ts";
import type { RowPart, RowStore } from "../row_store.ts";
import { type BatchLayout, LloydBatch } from "./lloyd_batch.ts";

/** Most clusters whose scores a thread holds at the same time. */
const MOST_TILE = 16;
/** A length that no centroid has: such a cluster is nobody's. */
const NOBODY = 3.4e38;
/** Half the distance from 1 to the next float32. */
const ROUNDOFF = 2 ** -24;
/** Bytes from one frame of uniforms to the next. */
const FRAME = 256;
/** Workgroups that divide the rows that moved, or are contested, among them. */
const GROUPS = 128;

/** Rows of a part and what belongs to them. */
interface PartBuffers extends RowPart {
  readonly labels: GPUBuffer;
  readonly moved: GPUBuffer;
  readonly contested: GPUBuffer;
  readonly undecided: GPUBuffer;
}

/** A dispatch of a step. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [x: number, y: number];
}

/** Buffers, kernels and commands of Lloyd's algorithm for a number of clusters. */
export class LloydBuffers implements BatchLayout, Disposable {
  /** Number of clusters. */
  readonly k: number;
  /** Number of steps of a batch, at most. */
  readonly steps: number;
  /** Bits after the point of sums. */
  readonly sumFraction: number;
  /** 32-bit words of the sums and counts of a step. */
  readonly historyWords: number;
  /** 32-bit words of a sum. */
  readonly sumWords: number;
  readonly #gpu: Gpu;
  readonly #store: RowStore;
  readonly #d: number;
  readonly #tile: number;
  readonly #tiles: number;
  readonly #parts: readonly PartBuffers[];
  readonly #c: GPUBuffer;
  readonly #lengths: GPUBuffer;
  readonly #fixed: GPUBuffer;
  readonly #sums: GPUBuffer;
  readonly #history: GPUBuffer;
  readonly #state: GPUBuffer;
  readonly #frames: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #stateWords: number;
  readonly #dispatches: readonly (readonly Dispatch[])[];

  /**
   * Allocates what a number of clusters needs.
   *
   * @param gpu The device.
   * @param store The rows.
   * @param n Number of rows.
   * @param d Number of columns.
   * @param k Number of clusters.
   * @param steps Steps of a batch; 0 to assign rows alone, and to leave all else to the host.
   */
  constructor(gpu: Gpu, store: RowStore, n: number, d: number, k: number, steps: number) {
    this.#gpu = gpu;
    this.#store = store;
    this.#d = d;
    this.k = k;
    this.steps = Math.max(1, steps);
    this.#tiles = Math.ceil(k / MOST_TILE);
    this.#tile = Math.ceil(k / this.#tiles);
    this.sumWords = sumWords(store.storage);
    this.sumFraction = store.storage === "bytes" ? 0 : 60 - Math.ceil(Math.log2(n + 1));
    this.historyWords = steps === 0 ? 0 : k * (d * this.sumWords + 1);
    this.#stateWords = this.steps + 1 + this.steps * store.parts.length * COUNTERS;
    const perRow = (rows: number) => 4 * rows;
    this.#parts = store.parts.map((part) => ({
      ...part,
      labels: gpu.storage((this.steps + 1) * perRow(part.rows)),
      moved: gpu.storage(perRow(part.rows)),
      contested: gpu.storage(perRow(part.rows)),
      undecided: gpu.storage(perRow(part.rows)),
    }));
    this.#c = gpu.storage(16 * this.#columns4 * this.#tiles * this.#tile);
    this.#lengths = gpu.storage(4 * this.#tiles * this.#tile);
    this.#fixed = gpu.storage(4 * k * d);
    this.#sums = gpu.storage(4 * this.historyWords);
    this.#history = gpu.storage(4 * this.historyWords * this.steps);
    this.#state = gpu.storage(4 * this.#stateWords);
    this.#frames = gpu.uniform(FRAME * this.steps * store.parts.length);
    this.#staging = gpu.staging(this.#stagingBytes(n));
    this.#writeFrames();
    this.#dispatches = this.#prepare(steps > 0);
  }

  /** Frees all buffers. */
  [Symbol.dispose](): void {
    const own = [this.#c, this.#lengths, this.#fixed, this.#sums, this.#history, this.#state];
    const all = [...own, this.#frames, this.#staging];
    for (const { labels, moved, contested, undecided } of this.#parts) {
      all.push(labels, moved, contested, undecided);
    }
    all.forEach((buffer) => buffer.destroy());
  }

  /**
   * Places centroids that the host gives.
   *
   * @param centroids k × d numbers in the units of the device.
   */
  place(centroids: Float64Array): void {
    const { k } = this;
    const d = this.#d;
    const values = new Float32Array(4 * this.#columns4 * this.#tiles * this.#tile);
    const lengths = new Float32Array(this.#tiles * this.#tile).fill(NOBODY);
    const fixed = new Int32Array(k * d);
    const unit = 2 ** FRACTION[this.#store.storage];
    for (let j = 0; j < k; j++) {
      const group = Math.floor(j / this.#tile) * this.#columns4;
      let length = 0;
      for (let p = 0; p < d; p++) {
        const value = centroids[j * d + p];
        const at = ((group + (p >> 2)) * this.#tile + j % this.#tile) * 4 + p % 4;
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
    const encoder = this.#gpu.device.createCommandEncoder();
    encoder.clearBuffer(this.#state);
    for (const { rows, labels, moved } of this.#parts) {
      if (before === undefined) continue;
      // A buffer cannot be copied to itself; the list is not needed yet.
      encoder.copyBufferToBuffer(labels, 4 * before * rows, moved, 0, 4 * rows);
      encoder.copyBufferToBuffer(moved, 0, labels, 4 * this.steps * rows, 4 * rows);
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
    const copies: [GPUBuffer, number][] = [[this.#state, this.#stateWords]];
    if (this.historyWords > 0) copies.push([this.#history, this.historyWords * this.steps]);
    for (const { rows, labels } of this.#parts) copies.push([labels, this.steps * rows]);
    let at = 0;
    const starts = copies.map(([buffer, words]) => {
      encoder.copyBufferToBuffer(buffer, 0, this.#staging, 4 * at, 4 * words);
      return (at += words) - words;
    });
    const words = new Uint32Array(await this.#gpu.read(encoder, this.#staging));
    const labelsAt = starts.slice(copies.length - this.#parts.length);
    return new LloydBatch(this, steps, words, starts[1], labelsAt, this.#parts);
  }

  /** Reads the lists of a step: of rows that are undecided, or of all that are contested. */
  async rowsListed(
    batch: LloydBatch,
    step: number,
    list: "undecided" | "contested",
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

  /** Groups of four columns of a row. */
  get #columns4(): number {
    return this.#store.quads * quadColumns(this.#store.storage) / 4;
  }

  #stagingBytes(n: number): number {
    return 4 * (this.#stateWords + this.historyWords * this.steps + n * this.steps);
  }

  #writeFrames(): void {
    const { storage, quads, parts, origin } = this.#store;
    const d = this.#d;
    const words = new Uint32Array(FRAME / 4 * this.steps * parts.length);
    const integers = new Int32Array(words.buffer);
    const numbers = new Float32Array(words.buffer);
    // A product of four columns rounds at most 8 times, and as often as there are such products their
    // sum does; centroids, and rows that are centred, were rounded before.
    const product = (8 + Math.ceil(d / 4) + 8 + (origin ? 2 : 0)) * ROUNDOFF;
    const length = (Math.ceil(d / 64) + 16) * ROUNDOFF;
    for (let step = 0; step < this.steps; step++) {
      for (const [index, { rows }] of parts.entries()) {
        const at = FRAME / 4 * (step * parts.length + index);
        const before = (step === 0 ? this.steps : step - 1) * rows;
        words.set([rows, quads, d, this.k, this.#tiles, step, before, step * rows], at);
        const counters = this.steps + 1 + (step * parts.length + index) * COUNTERS;
        words.set([counters, parts.length, step * this.historyWords], at + 8);
        integers[at + 11] = FRACTION[storage] - this.sumFraction;
        numbers[at + 12] = 4.2 * product;
        numbers[at + 13] = 4.2 * length;
        numbers[at + 14] = 2 ** -FRACTION[storage];
        numbers[at + 15] = Math.sqrt(d);
        words[at + 16] = this.#tile;
      }
    }
    this.#gpu.write(this.#frames, words);
  }

  /** Binds the kernels of each step. */
  #prepare(moves: boolean): Dispatch[][] {
    const gpu = this.#gpu;
    const { storage } = this.#store;
    const assign = gpu.kernel(lloydAssign(storage, this.#tile), [
      ...["read", "read", "read", "write", "write", "write", "write", "uniform"] as const,
    ]);
    const [decide, move, means] = moves ? this.#moveKernels() : [];
    return Array.from({ length: this.steps }, (_, step) => {
      const dispatches: Dispatch[] = [];
      const frame = (index: number) => ({
        buffer: this.#frames,
        offset: FRAME * (step * this.#parts.length + index),
        size: FRAME_BYTES,
      });
      const add = (kernel: Kernel, own: GPUBuffer[], index: number, groups: [number, number]) => {
        const bindings = gpu.bind(kernel, [...own, frame(index)]);
        dispatches.push({ pipeline: kernel.pipeline, bindings, groups });
      };
      for (const [index, part] of this.#parts.entries()) {
        const { buffer: x, rows, labels, moved, contested, undecided } = part;
        const scored = [x, this.#c, this.#lengths, labels, moved, contested, this.#state];
        add(assign, scored, index, grid(Math.ceil(rows / (BLOCK * BLOCKS))));
        if (!decide || !move) continue;
        const decided = [x, this.#fixed, labels, moved, contested, undecided, this.#state];
        add(decide, decided, index, [GROUPS, 1]);
        // A loop of more than 65,535 turns is cut short on some devices.
        const groups = Math.max(GROUPS, Math.ceil(rows / 2 ** 15));
        const columns = Math.ceil(this.#d / (4 * MOVE_THREADS));
        add(move, [x, labels, moved, this.#sums, this.#state], index, [groups, columns]);
      }
      if (means) {
        const { k } = this;
        const moved = [this.#sums, this.#history, this.#c, this.#lengths, this.#fixed, this.#state];
        add(means, moved, 0, grid(k));
      }
      return dispatches;
    });
  }

  #moveKernels(): Kernel[] {
    const gpu = this.#gpu;
    const { storage } = this.#store;
    const held = heldClusters(storage, gpu.device.limits.maxComputeWorkgroupStorageSize);
    return [
      gpu.kernel(lloydDecide(storage), [
        ...["read", "read", "write", "write", "read", "write", "write", "uniform"] as const,
      ]),
      gpu.kernel(lloydMove(storage, this.k <= held ? Math.min(held, powerOfTwoFrom(this.k)) : 0), [
        ...["read", "read", "read", "write", "write", "uniform"] as const,
      ]),
      gpu.kernel(lloydMeans(storage), [
        ...["write", "write", "write", "write", "write", "write", "uniform"] as const,
      ]),
    ];
  }
}
