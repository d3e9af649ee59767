import type { HostMatrix, LloydSession, LloydStep } from "@mixtape/operations";
import { Gpu } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import { BATCH, type LloydBatch } from "./lloyd/lloyd_batch.ts";
import { LloydBuffers } from "./lloyd/lloyd_buffers.ts";
import { sumsOf } from "./lloyd/lloyd_layout.ts";
import { distancesTo, Inertia, nearestTo, SumsOfLabels } from "./lloyd/lloyd_on_host.ts";
import { RowLabels } from "./lloyd/row_labels.ts";
import { SizedLloydSession } from "./lloyd/sized_lloyd.ts";
import { RowHold } from "./row_hold.ts";
import type { RowStore } from "./row_store.ts";

/** Bytes that steps of a batch may leave for the host to read. */
const BATCH_BYTES = 2 ** 26;
/** Coordinates of centroids in units of the device are below this, to fit its fixed point. */
const REACH = { bytes: 1024, floats: 4 } as const;

/**
 * Lloyd's algorithm on rows that stay on the device. It takes several steps before the host reads
 * them, each from the means of the one before: if the next centroids asked for are those means, the
 * step is done already.
 */
class WebGpuLloydSession implements LloydSession {
  readonly #gpu: Gpu;
  readonly #x: HostMatrix;
  readonly #weights: Float64Array | undefined;
  readonly #hold: RowHold;
  readonly #store: RowStore;
  readonly #rowLabels: RowLabels;
  /** Sums that the host keeps, where the device's would not be exact. */
  readonly #sums: SumsOfLabels | undefined;
  #inertia: Inertia | undefined;
  #isOpen = true;
  #buffers: LloydBuffers | undefined;
  #batch: LloydBatch | undefined;
  /** Steps of the batch that were asked for. */
  #used = 0;
  /** Steps that the next batch should take, as long as those of the one before were of use. */
  #next = BATCH;
  #labels: Int32Array;
  #centroids: Float64Array | undefined;
  #expected: Float64Array | undefined;

  constructor(gpu: Gpu, x: HostMatrix, weights: Float64Array | undefined, hold: RowHold) {
    const [n] = x.shape;
    this.#gpu = gpu;
    this.#x = x;
    this.#weights = weights;
    this.#hold = hold;
    this.#store = hold.store;
    this.#rowLabels = new RowLabels(gpu, this.#store, x);
    const { kept } = sumsOf(this.#store, { n, weights });
    if (kept === "centroids") this.#sums = new SumsOfLabels(x, weights);
    this.#labels = new Int32Array(n).fill(-1);
  }

  async step(centroids: Float64Array): Promise<LloydStep> {
    this.#checkOpen();
    try {
      const points = this.#store.convert(centroids);
      const done = this.#isWithin(points)
        ? await this.#stepOnDevice(centroids, points)
        : await this.#stepWithHost(centroids);
      const changed = changes(this.#labels, done.labels);
      this.#labels = done.labels;
      this.#centroids = centroids.slice();
      this.#inertia ??= new Inertia(this.#x, this.#weights);
      const inertia = this.#inertia.of(centroids, done);
      return { ...done, inertia, changed };
    } catch (error) {
      this.#discard();
      this.reset();
      throw error;
    }
  }

  distances(): Float64Array {
    this.#checkOpen();
    if (!this.#centroids) return new Float64Array(this.#labels.length);
    return distancesTo(this.#x, this.#labels, this.#centroids);
  }

  reset(): void {
    this.#labels = new Int32Array(this.#labels.length).fill(-1);
    this.#sums?.reset();
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#discard();
    this.#hold[Symbol.dispose]();
  }

  /** Takes a step from centroids, which in units of the device are `points`. */
  async #stepOnDevice(centroids: Float64Array, points: Float64Array) {
    const d = this.#x.shape[1];
    const k = centroids.length / d;
    if (!this.#batch || this.#used === this.#batch.taken || !equal(centroids, this.#expected)) {
      await this.#run(points, k);
    }
    const batch = this.#batch!;
    const step = this.#used++;
    const labels = batch.labels(step);
    const exact = this.#sums ? undefined : this.#exactSums(batch, step);
    const open = batch.undecided(step) ??
      await this.#buffers!.rowsListed(batch, step, "undecided");
    let isAsOnDevice = true;
    for (const row of open) {
      const label = nearestTo(this.#x, row, centroids);
      if (label === labels[row]) continue;
      if (exact) move(this.#x, row, labels[row], label, exact.sums, exact.counts);
      labels[row] = label;
      isAsOnDevice = false;
    }
    const { sums, counts } = exact ?? this.#sums!.of(labels, k);
    const means = counts.includes(0) ? undefined : meansOf(sums, counts, d);
    this.#expected = means;
    if (means && !exact && this.#used < batch.taken) {
      isAsOnDevice &&= batch.wentOnFrom(this.#store.convert(means), step);
    }
    if (!isAsOnDevice) this.#leaveBatch();
    return { labels, sums, counts };
  }

  /** Leaves steps of a batch that the device took from other centroids than the host's. */
  #leaveBatch(): void {
    this.#next = this.#used;
    this.#used = this.#batch!.taken;
  }

  #exactSums(batch: LloydBatch, step: number) {
    const { sums, counts } = batch.sums(step);
    const { scale } = this.#store;
    return { sums: scale === 1 ? sums : sums.map((sum) => sum / scale), counts };
  }

  /** Runs a batch whose first step is from given centroids, in units of the device. */
  async #run(points: Float64Array, k: number): Promise<void> {
    const [n, d] = this.#x.shape;
    if (this.#buffers?.layout.k !== k) this.#discard();
    const bytes = 4 * (n + k * (2 * d + 1));
    const steps = Math.max(1, Math.min(BATCH, Math.floor(BATCH_BYTES / bytes)));
    const problem = { n, d, k, steps, weights: this.#weights };
    this.#buffers ??= new LloydBuffers(this.#gpu, this.#store, problem);
    this.#buffers.place(points);
    const before = this.#batch && this.#batch.taken - 1;
    this.#batch = undefined;
    // Some sessions take a single step: only those that went on once are expected to go on.
    const next = before === undefined ? 1 : Math.min(this.#next, steps);
    this.#batch = await this.#buffers.run(next, before);
    this.#used = 0;
    this.#next = Math.min(BATCH, 2 * this.#next);
  }

  /** Lets the device score rows and list those in doubt, and the host do all else. */
  async #stepWithHost(centroids: Float64Array) {
    const labels = await this.#rowLabels.of(centroids);
    const sums = this.#sums ?? new SumsOfLabels(this.#x, this.#weights);
    return { labels, ...sums.of(labels, centroids.length / this.#x.shape[1]) };
  }

  /** Returns true if points, in units of the device, are near enough to the data for fixed point. */
  #isWithin(points: Float64Array): boolean {
    const { storage, isBounded } = this.#store;
    return isBounded && points.every((value) => Math.abs(value) < REACH[storage]);
  }

  #discard(): void {
    this.#rowLabels[Symbol.dispose]();
    this.#buffers?.[Symbol.dispose]();
    this.#buffers = this.#batch = this.#expected = undefined;
  }

  #checkOpen(): void {
    if (this.#isOpen) return;
    throw new TypeError("Cannot use a session: it was disposed of, open another one");
  }
}

/** Opens Lloyd's algorithm on data. */
export function openLloyd({ attrs, backend }: NamedCall<"MixtapeLloyd">): LloydSession {
  const gpu = new Gpu(backend);
  const { x, sampleWeight } = attrs;
  const hold = new RowHold(gpu, x);
  const open = () => new WebGpuLloydSession(gpu, x, sampleWeight, hold);
  const { leavesSmall } = backend;
  return new SizedLloydSession(attrs, open, hold, { leavesSmall, mostBytes: gpu.mostBytes });
}

function changes(before: Int32Array, after: Int32Array): number {
  let count = 0;
  for (let i = 0; i < after.length; i++) if (after[i] !== before[i]) count++;
  return count;
}

function equal(a: Float64Array, b: Float64Array | undefined): boolean {
  return a.length === b?.length && a.every((value, at) => value === b[at]);
}

function meansOf(sums: Float64Array, counts: Float64Array, d: number): Float64Array {
  return sums.map((sum, at) => sum / counts[Math.floor(at / d)]);
}

/** Moves a row from one cluster, −1 for none, to another. */
function move(
  { values, shape: [, d] }: HostMatrix,
  row: number,
  from: number,
  to: number,
  sums: Float64Array,
  counts: Float64Array,
): void {
  if (from === to) return;
  for (let p = 0; p < d; p++) {
    const value = values[row * d + p];
    sums[to * d + p] += value;
    if (from >= 0) sums[from * d + p] -= value;
  }
  counts[to]++;
  if (from >= 0) counts[from]--;
}
