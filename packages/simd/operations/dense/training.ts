import type {
  DenseTraining,
  DenseTrainingAttributes,
  DenseTrainingOptions,
  MaybePromise,
} from "@mixtape/operations";
import { dense } from "../../module/dense.ts";
import { Regions, workInRegions } from "../../memory/regions.ts";
import { Preparation } from "../../preparation.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import {
  type Link,
  linksOf,
  rowBytes,
  type SizedLayer,
  sizedLayers,
  vectorsOf,
  wholeLines,
} from "./network.ts";
import { packedBytes } from "../product.ts";
import { packLink } from "./pack_link.ts";
import { DensePlan } from "./plan.ts";
import { numberBytes, type PackedRows, packRows } from "./sparse_rows.ts";
import { isWide, widePasses, wideScratchBytes, wideUpdateBlocks } from "./wide_passes.ts";

/** Multiply-adds that take as long as Adam does for a weight. */
const WEIGHT_WORK = 16;

/** Packed data and the network, in memory. */
interface Placed {
  readonly regions: Regions;
  readonly plan: DensePlan;
  readonly packed: PackedRows;
}

/** A network in training: its data, weights and Adam's means are in WebAssembly memory. */
export class FusedTraining implements DenseTraining {
  readonly #runtime: SimdRuntime;
  readonly #batchRegions: Regions;
  readonly #layers: readonly SizedLayer[];
  readonly #links: readonly Link[];
  readonly #wide: boolean;
  /** Multiply-adds that take as long as Adam does for all weights. */
  readonly #updateWork: number;
  readonly #options: DenseTrainingOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #rows: number;
  readonly #placed: Preparation<Placed>;
  #batch = { capacity: 0, rows: 0, losses: 0 };
  #steps = 0;

  /** Packs the data and places the network in memory. */
  constructor(runtime: SimdRuntime, attributes: DenseTrainingAttributes) {
    const { x, layers, options, signal } = attributes;
    this.#runtime = runtime;
    this.#batchRegions = new Regions(runtime.memory);
    this.#layers = sizedLayers(x.shape[1], layers);
    this.#links = linksOf(this.#layers, true);
    this.#wide = isWide(this.#links);
    this.#updateWork = WEIGHT_WORK *
      this.#layers.reduce((sum, { inputs, units }) => sum + (inputs + 1) * units, 0);
    this.#options = options;
    this.#signal = signal;
    this.#rows = x.shape[0];
    this.#placed = new Preparation(
      runtime.turns,
      () =>
        workInRegions(
          runtime.memory,
          (regions) => place(runtime, regions, attributes, this.#links, this.#wide),
        ),
      ({ regions }) => regions[Symbol.dispose](),
    );
  }

  /**
   * Takes a step of the given size on rows of the data; returns the mean cross-entropy before it.
   */
  trainBatch(
    rows: Uint32Array,
    learningRate: number = this.#options.learningRate,
  ): MaybePromise<number> {
    return this.#runtime.turns.drive(this.#trainBatch(rows, learningRate), this.#signal);
  }

  *#trainBatch(rows: Uint32Array, learningRate: number): Work<number> {
    const placed = yield* this.#placed.finish();
    this.#reserve(rows, placed);
    const { memory } = this.#runtime;
    const { beta1, beta2, epsilon, weightDecay, labelSmoothing } = this.#options;
    const n = rows.length;
    memory.int32(this.#batch.rows, n).set(rows);
    const { address, blockRows } = placed.plan;
    const [{ units }] = this.#layers;
    const first = n * placed.packed.perRow * units;
    const later = n * this.#links.slice(1).reduce((sum, link) => sum + link.inputs * link.units, 0);
    if (this.#wide) {
      yield* widePasses(this.#runtime, placed.plan, this.#links, n, labelSmoothing);
    } else {
      const pass = [address, n, labelSmoothing, 1 / n, blockRows];
      yield* this.#runtime.runInPieces(
        dense,
        "passes",
        pass,
        Math.ceil(n / blockRows),
        first + 3 * later,
      );
    }
    const loss = meanLoss(memory.float32(this.#batch.losses, 2 * n));
    this.#steps++;
    const step = learningRate / (1 - beta1 ** this.#steps);
    const correction = 1 / Math.sqrt(1 - beta2 ** this.#steps);
    const adam = [step, correction, epsilon, beta1, beta2, weightDecay];
    const rowBlocks = this.#wide ? wideUpdateBlocks(this.#links, n) : 0;
    const update = [address, n, rowBlocks, blockRows, 0, ...adam];
    const parts = Math.max(1, rowBlocks) + placed.packed.columnBlocks;
    const work = first + this.#updateWork + (this.#wide ? later : 0);
    yield* this.#runtime.runInPieces(dense, "update", update, parts, work);
    return loss;
  }

  /** Returns the current weights. */
  weights(): MaybePromise<Float32Array[]> {
    return this.#runtime.turns.drive(this.#weights(), this.#signal);
  }

  *#weights(): Work<Float32Array[]> {
    const { plan } = yield* this.#placed.finish();
    return yield* plan.read(this.#runtime, this.#layers);
  }

  /** Frees everything. */
  [Symbol.dispose](): void {
    this.#placed[Symbol.dispose]();
    this.#batchRegions[Symbol.dispose]();
  }

  /** Checks a batch, and makes room for it if it is the largest so far. */
  #reserve(rows: Uint32Array, { plan, packed }: Placed): void {
    let wrong = rows.length - 1;
    while (wrong >= 0 && rows[wrong] < this.#rows) wrong--;
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
    const { entryBytes, linkScratchBytes, blockRows, partialBytes } = plan;
    const { columnBlocks, longest, widest } = packed;
    // As in updateColumns: the ends of the lists, two rows of the gradient for each, the lists.
    const pairs = Math.ceil(widest / 2);
    const listBytes = 2 * entryBytes * capacity + 64;
    const lists = 4 * pairs + 64 + pairs * (2 * rowBytes(first.units) + listBytes);
    const wide = this.#wide ? wideScratchBytes(this.#links) : 0;
    const scratchBytes = wholeLines(Math.max(linkScratchBytes, lists, wide));
    const batchEntriesBytes = wholeLines(longest * entryBytes);
    const batch = {
      capacity,
      rows: regions.allocate(4 * capacity),
      losses: regions.allocate(8 * capacity),
    };
    const firstGradient = regions.allocate(capacity * rowBytes(first.units));
    plan.set({
      rows: batch.rows,
      losses: batch.losses,
      firstGradient,
      firstPanels: this.#wide ? regions.allocate(capacity * rowBytes(first.units)) : 0,
      partials: regions.allocate(Math.ceil(capacity / blockRows) * partialBytes),
      scratch: regions.allocate(this.#runtime.threads * scratchBytes),
      scratchBytes,
      batchEntries: regions.allocate(capacity * batchEntriesBytes),
      batchEntriesBytes,
      batchSplits: regions.allocate(4 * capacity * (columnBlocks + 1)),
      batchSplitsBytes: 4 * capacity,
    });
    if (this.#wide) {
      this.#links.forEach(({ units, activation }, g) => {
        const bytes = capacity * rowBytes(units);
        const panels = packedBytes({ n: 4 * vectorsOf(units), k: capacity });
        plan.setLink(g, {
          outputs: regions.allocate(bytes),
          derivatives: activation === 2 ? regions.allocate(bytes) : 0,
          gradients: g === 0 ? firstGradient : regions.allocate(bytes),
          gradientPanels: g === 0 ? 0 : regions.allocate(panels),
        });
      });
    }
    // Only now: if there was not enough memory, there is no room for any batch.
    this.#batch = batch;
  }
}

function* place(
  runtime: SimdRuntime,
  regions: Regions,
  { x, labels, layers, weights, options: { inputScale } }: DenseTrainingAttributes,
  links: readonly Link[],
  wide: boolean,
): Work<Placed> {
  const sized = sizedLayers(x.shape[1], layers);
  const settings = { training: true, wide, numberBytes: numberBytes(x), inputScale };
  const plan = new DensePlan(runtime.memory, regions, sized, links, settings);
  plan.set({ labels: regions.place(labels) });
  const packed = yield* packRows(runtime, regions, plan, x, inputScale);
  yield* plan.write(runtime, sized, weights);
  if (wide) yield* packLink(runtime, plan, links, 0, wide);
  else runtime.run(dense, "prepare", [plan.address], 1);
  return { regions, plan, packed };
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
