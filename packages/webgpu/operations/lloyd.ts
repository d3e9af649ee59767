import type { HostMatrix, LloydAttributes, LloydSession, LloydStep } from "@mixtape/operations";
import { Gpu } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import type { LloydBatch } from "./lloyd/lloyd_batch.ts";
import { LloydBuffers } from "./lloyd/lloyd_buffers.ts";
import { type DecidedRow, LloydLabels } from "./lloyd/lloyd_labels.ts";
import { sumsOf } from "./lloyd/lloyd_layout.ts";
import { distancesTo, Inertia, nearestTo, SumsOfLabels } from "./lloyd/lloyd_on_host.ts";
import { RowLabels } from "./lloyd/row_labels.ts";
import { SizedLloydSession } from "./lloyd/sized_lloyd.ts";
import { RowHold } from "./row_hold.ts";
import { BATCH, type RowStore } from "./row_store.ts";

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
  readonly #labels: LloydLabels;
  readonly #once: boolean;
  #inertia: Inertia | undefined;
  #isOpen = true;
  #buffers: LloydBuffers | undefined;
  #batch: LloydBatch | undefined;
  /** Steps of the batch that were asked for. */
  #used = 0;
  /** Steps that the next batch should take, as long as those of the one before were of use. */
  #next = BATCH;
  #centroids: Float64Array | undefined;
  #expected: Float64Array | undefined;

  constructor(
    gpu: Gpu,
    { x, sampleWeight: weights, once = false }: LloydAttributes,
    hold: RowHold,
  ) {
    const [n] = x.shape;
    this.#gpu = gpu;
    this.#x = x;
    this.#weights = weights;
    this.#hold = hold;
    this.#store = hold.store;
    this.#rowLabels = new RowLabels(gpu, this.#store, x);
    const { areExact } = sumsOf(this.#store, { n, weights });
    if (!areExact) this.#sums = new SumsOfLabels(x, weights);
    this.#once = once;
    this.#labels = new LloydLabels(n, once || !areExact);
  }

  async step(centroids: Float64Array): Promise<LloydStep> {
    this.#checkOpen();
    try {
      const points = this.#store.convert(centroids);
      const done = this.#isWithin(points)
        ? await this.#stepOnDevice(centroids, points)
        : await this.#stepWithHost(centroids);
      this.#centroids = centroids.slice();
      this.#inertia ??= new Inertia(this.#x, this.#weights);
      const inertia = await this.#inertia.of(centroids, done, () => this.#labels.get());
      if (this.#once) await this.#labels.get();
      return { ...done, labels: this.#labels.values, inertia };
    } catch (error) {
      this.#discard();
      this.reset();
      throw error;
    }
  }

  async labels(): Promise<Int32Array> {
    this.#checkOpen();
    return await this.#labels.get();
  }

  async distances(): Promise<Float64Array> {
    const labels = await this.labels();
    if (!this.#centroids) return new Float64Array(labels.length);
    return distancesTo(this.#x, labels, this.#centroids);
  }

  reset(): void {
    this.#labels.reset();
    this.#sums?.reset();
    // What the batch took on from an earlier start is of no use to this one.
    if (this.#batch) this.#used = this.#batch.taken;
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
    const decided = await this.#decide(batch, step, centroids);
    const corrected = decided.filter(({ now, label }) => now !== label);
    const buffers = this.#buffers!;
    const changed = await this.#labels.take({ buffers, batch, step, decided, corrected });
    const { sums, counts } = this.#sums
      ? this.#sums.of(await this.#labels.get(), k)
      : this.#exactSums(batch, step, corrected);
    const means = counts.includes(0) ? undefined : meansOf(sums, counts, d);
    this.#expected = means;
    let isAsOnDevice = corrected.length === 0;
    if (means && this.#sums && this.#used < batch.taken) {
      isAsOnDevice &&= batch.wentOnFrom(this.#store.convert(means), step);
    }
    if (!isAsOnDevice) this.#expected = undefined;
    return { sums, counts, changed };
  }

  /** Decides the rows that the device leaves in doubt. */
  async #decide(batch: LloydBatch, step: number, centroids: Float64Array): Promise<DecidedRow[]> {
    const open = batch.undecided(step) ?? await this.#buffers!.undecided(batch, step);
    return open.map((row) => ({ ...row, label: nearestTo(this.#x, row.row, centroids) }));
  }

  #exactSums(batch: LloydBatch, step: number, corrected: readonly DecidedRow[]) {
    const { sums: onDevice, counts } = batch.sums(step);
    const { scale } = this.#store;
    const sums = scale === 1 ? onDevice : onDevice.map((sum) => sum / scale);
    for (const { row, now, label } of corrected) move(this.#x, row, now, label, sums, counts);
    return { sums, counts };
  }

  /** Runs a batch whose first step is from given centroids, in units of the device. */
  async #run(points: Float64Array, k: number): Promise<void> {
    const [n, d] = this.#x.shape;
    if (this.#buffers && this.#buffers.layout.k !== k) {
      await this.#labels.get();
      this.#discard();
    }
    const problem = { n, d, k, weights: this.#weights };
    const buffers = this.#buffers ??= new LloydBuffers(this.#gpu, this.#store, problem);
    buffers.place(points);
    const before = this.#batch && this.#used - 1;
    // Some sessions take a single step: only those that went on once are expected to go on.
    let steps = 1;
    if (this.#batch) {
      // Steps that were taken in vain are not taken again.
      if (this.#used < this.#batch.taken) this.#next = this.#used;
      steps = Math.min(this.#next, buffers.layout.steps);
      this.#next = Math.min(BATCH, 2 * this.#next);
    }
    this.#batch = undefined;
    this.#batch = await buffers.run(this.#labels.request(buffers, steps), before);
    this.#used = 0;
  }

  /** Lets the device score rows and list those in doubt, and the host do all else. */
  async #stepWithHost(centroids: Float64Array) {
    await this.#labels.get();
    const labels = await this.#rowLabels.of(centroids);
    const changed = this.#labels.set(labels);
    const sums = this.#sums ?? new SumsOfLabels(this.#x, this.#weights);
    return { ...sums.of(labels, centroids.length / this.#x.shape[1]), changed };
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
    this.#labels.leaveDevice();
  }

  #checkOpen(): void {
    if (this.#isOpen) return;
    throw new TypeError("Cannot use a session: it was disposed of, open another one");
  }
}

/** Opens Lloyd's algorithm on data. */
export function openLloyd({ attrs, backend }: NamedCall<"MixtapeLloyd">): LloydSession {
  const gpu = new Gpu(backend);
  const hold = new RowHold(gpu, attrs.x);
  const open = () => new WebGpuLloydSession(gpu, attrs, hold);
  const { leavesSmall } = backend;
  return new SizedLloydSession(attrs, open, hold, { leavesSmall, mostBytes: gpu.mostBytes });
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
