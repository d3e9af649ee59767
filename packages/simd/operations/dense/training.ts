import type {
  DenseTraining,
  DenseTrainingAttributes,
  DenseTrainingOptions,
} from "@mixtape/operations";
import { dense } from "../../module/dense.ts";
import type { SimdRuntime } from "../../runtime.ts";
import {
  blockRows,
  linksOf,
  rowBytes,
  type SizedLayer,
  sizedLayers,
  wholeLines,
} from "./network.ts";
import { DensePlan } from "./plan.ts";
import { Regions } from "../../memory/regions.ts";
import { numberBytes, type PackedRows, packRows } from "./sparse_rows.ts";

/** A network in training: its data, weights and Adam's means are in WebAssembly memory. */
export class FusedTraining implements DenseTraining {
  readonly #runtime: SimdRuntime;
  readonly #regions: Regions;
  readonly #batchRegions: Regions;
  readonly #layers: readonly SizedLayer[];
  readonly #options: DenseTrainingOptions;
  readonly #rows: number;
  readonly #plan: DensePlan;
  readonly #packed: PackedRows;
  #batch = { capacity: 0, rows: 0, losses: 0 };
  #steps = 0;

  /** Packs the data and places the network in memory. */
  constructor(
    runtime: SimdRuntime,
    { x, labels, layers, weights, options }: DenseTrainingAttributes,
  ) {
    this.#runtime = runtime;
    this.#regions = new Regions(runtime.memory);
    this.#batchRegions = new Regions(runtime.memory);
    this.#layers = sizedLayers(x.shape[1], layers);
    this.#options = options;
    this.#rows = x.shape[0];
    try {
      const links = linksOf(this.#layers, true);
      const { inputScale } = options;
      const settings = { training: true, numberBytes: numberBytes(x), inputScale };
      this.#plan = new DensePlan(runtime.memory, this.#regions, this.#layers, links, settings);
      this.#plan.set({ labels: this.#regions.place(labels) });
      this.#packed = packRows(runtime, this.#regions, this.#plan, x, inputScale);
      this.#plan.write(this.#layers, weights);
      runtime.run(dense, "prepare", [this.#plan.address], 1);
    } catch (error) {
      this.#regions[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * Takes a step of the given size on rows of the data; returns the mean cross-entropy before it.
   */
  trainBatch(rows: Uint32Array, learningRate: number = this.#options.learningRate): number {
    this.#reserve(rows);
    const { memory } = this.#runtime;
    const { beta1, beta2, epsilon, weightDecay, labelSmoothing } = this.#options;
    const n = rows.length;
    memory.int32(this.#batch.rows, n).set(rows);
    const { address } = this.#plan;
    const blocks = Math.ceil(n / blockRows);
    this.#runtime.run(dense, "passes", [address, n, labelSmoothing, 1 / n], blocks);
    const loss = meanLoss(memory.float32(this.#batch.losses, 2 * n));
    this.#steps++;
    const step = learningRate / (1 - beta1 ** this.#steps);
    const correction = 1 / Math.sqrt(1 - beta2 ** this.#steps);
    const adam = [step, correction, epsilon, beta1, beta2, weightDecay];
    this.#runtime.run(
      dense,
      "update",
      [address, n, 0, 0, 0, ...adam],
      1 + this.#packed.columnBlocks,
    );
    return loss;
  }

  /** Returns the current weights. */
  weights(): Float32Array[] {
    return this.#plan.read(this.#layers);
  }

  /** Frees everything. */
  [Symbol.dispose](): void {
    this.#regions[Symbol.dispose]();
    this.#batchRegions[Symbol.dispose]();
  }

  /** Checks a batch, and makes room for it if it is the largest so far. */
  #reserve(rows: Uint32Array): void {
    const wrong = rows.findIndex((row) => row >= this.#rows);
    if (rows.length === 0 || wrong >= 0) {
      throw new RangeError(
        `Cannot train on ${rows.length} rows: ` +
          (wrong < 0
            ? "at least 1 is needed"
            : `${rows[wrong]} was given, indices from 0 to ${this.#rows - 1} are needed`),
      );
    }
    if (rows.length <= this.#batch.capacity) return;
    this.#batchRegions[Symbol.dispose]();
    this.#batch.capacity = 0;
    const capacity = rows.length;
    const regions = this.#batchRegions;
    const [first] = this.#layers;
    const { entryBytes, linkScratchBytes, partialBytes } = this.#plan;
    const { columnBlocks, longest, widest } = this.#packed;
    // As in updateColumns: the ends of the lists, two rows of the gradient, the lists.
    const pairs = Math.ceil(widest / 2);
    const listBytes = 2 * entryBytes * capacity + 64;
    const lists = 4 * pairs + 64 + 2 * rowBytes(first.units) + pairs * listBytes;
    const scratchBytes = wholeLines(Math.max(linkScratchBytes, lists));
    const batchEntriesBytes = wholeLines(longest * entryBytes);
    const batch = {
      capacity,
      rows: regions.allocate(4 * capacity),
      losses: regions.allocate(8 * capacity),
    };
    this.#plan.set({
      rows: batch.rows,
      losses: batch.losses,
      firstGradient: regions.allocate(capacity * rowBytes(first.units)),
      partials: regions.allocate(Math.ceil(capacity / blockRows) * partialBytes),
      scratch: regions.allocate(this.#runtime.threads * scratchBytes),
      scratchBytes,
      batchEntries: regions.allocate(capacity * batchEntriesBytes),
      batchEntriesBytes,
      batchSplits: regions.allocate(4 * capacity * (columnBlocks + 1)),
      batchSplitsBytes: 4 * capacity,
    });
    // Only now: if there was not enough memory, there is no room for any batch.
    this.#batch = batch;
  }
}

/**
 * Returns the mean loss, given each row's sum of exponentials and linear part. The logarithm is
 * computed here, in float64.
 */
function meanLoss(parts: Float32Array): number {
  let total = 0;
  for (let i = 0; i < parts.length; i += 2) total += Math.log(parts[i]) + parts[i + 1];
  return total / (parts.length / 2);
}
