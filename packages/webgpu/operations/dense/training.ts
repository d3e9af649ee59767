import type { DenseTraining, DenseTrainingAttributes } from "@mixtape/operations";
import type { Gpu } from "../../gpu.ts";
import { STEP_BYTES, THREADS } from "../../kernels/dense_frame.ts";
import { BackwardPass, type Moments } from "./backward_pass.ts";
import { BatchRows, type DataPart } from "./batch_rows.ts";
import { DataRows } from "./data_rows.ts";
import { type Dispatch, encode } from "./dispatch.ts";
import { LayerPass, mostRows } from "./layer_pass.ts";
import { Network, type Panel } from "./network.ts";
import { PendingLosses, STEPS_PER_READ } from "./pending_losses.ts";

/** Bytes beyond which data are divided among buffers, whatever the device allows. */
const MOST_BYTES = 2 ** 30;

/** Steps that may be taken before a loss is awaited: those of two reads. */
const STEPS_AHEAD = 2 * STEPS_PER_READ;

/** Buffers for batches of up to some number of rows. */
interface Passes extends Disposable {
  /** Rows of a batch, at most. */
  readonly batch: number;
  /** Rows of a chunk of a batch, at most. */
  readonly rows: number;
  readonly input: BatchRows;
  readonly dispatches: readonly Dispatch[];
  readonly losses: PendingLosses;
}

/** A network in training: its data, weights and Adam's means stay on the device. */
export class GpuTraining implements DenseTraining {
  /** Steps that may be taken before a loss is awaited. */
  readonly stepsAhead: number = STEPS_AHEAD;
  readonly #gpu: Gpu;
  readonly #attributes: DenseTrainingAttributes;
  readonly #labels: Int32Array;
  readonly #data: DataRows;
  readonly #parts: readonly DataPart[];
  readonly #network: Network;
  readonly #moments = new Map<Panel, Moments>();
  #passes: Passes | undefined;
  #steps = 0;
  #isOpen = true;

  /** Uploads data and network. */
  constructor(gpu: Gpu, attributes: DenseTrainingAttributes) {
    const { x, labels, layers, weights, options } = attributes;
    this.#gpu = gpu;
    this.#attributes = attributes;
    this.#labels = labels.slice();
    const data = this.#data = new DataRows(x, options.inputScale);
    this.#network = new Network(gpu, x.shape[1], layers, weights);
    mostRows(gpu, this.#network, data);
    this.#parts = uploaded(gpu, data, x.shape[0]);
    for (const panel of this.#network.layers.flatMap(({ panels }) => panels)) {
      const { size } = panel.parameters;
      this.#moments.set(panel, { means: gpu.storage(size), squares: gpu.storage(size) });
    }
  }

  /** Takes a step of the given size on rows of the data; returns the mean loss before it. */
  trainBatch(
    rows: Uint32Array,
    learningRate: number = this.#attributes.options.learningRate,
  ): Promise<number> {
    this.#check(rows);
    const passes = this.#reserve(rows.length);
    const { input, dispatches, losses } = passes;
    const gpu = this.#gpu;
    const labels = Uint32Array.from(rows, (row) => this.#labels[row]);
    gpu.write(input.batch, rows);
    gpu.write(input.batch, labels, 4 * rows.length);
    this.#steps++;
    let sums = 0;
    for (let offset = 0;; offset += passes.rows) {
      const count = Math.min(passes.rows, rows.length - offset);
      const isLast = offset + count === rows.length;
      const chunk = { count, offset, batch: rows.length, losses: losses.end + sums, isLast };
      gpu.write(input.step, this.#frame(chunk, learningRate));
      sums += Math.ceil(count / THREADS);
      const encoder = gpu.device.createCommandEncoder();
      encode(encoder, dispatches, count);
      if (isLast) return losses.submit(encoder, sums, rows.length);
      gpu.submit(encoder);
    }
  }

  /** Returns the current weights. */
  async weights(): Promise<Float32Array[]> {
    this.#checkOpen();
    return await this.#network.read();
  }

  /** Frees everything. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#passes?.[Symbol.dispose]();
    this.#network[Symbol.dispose]();
    this.#parts.forEach(({ buffer }) => buffer.destroy());
    for (const { means, squares } of this.#moments.values()) {
      means.destroy();
      squares.destroy();
    }
  }

  /** Makes room for a batch, if it is the largest so far. */
  #reserve(batch: number): Passes {
    if (this.#passes && batch <= this.#passes.batch) return this.#passes;
    this.#passes?.losses.flush();
    this.#passes?.[Symbol.dispose]();
    this.#passes = undefined;
    const gpu = this.#gpu;
    const network = this.#network;
    const data = this.#data;
    const rows = Math.min(batch, mostRows(gpu, network, data));
    const chunks = Math.ceil(batch / rows);
    const losses = new PendingLosses(gpu, chunks * Math.ceil(rows / THREADS));
    const input = new BatchRows(gpu, data, this.#parts, rows, batch);
    const forward = new LayerPass(gpu, network, input, rows, true);
    const isChunked = chunks > 1;
    const backward = new BackwardPass(
      ...[gpu, network, input, forward, this.#moments, losses.buffer, rows, isChunked] as const,
    );
    const parts = [input, forward, backward];
    const dispatches = parts.flatMap((part) => part.dispatches);
    const release = () => [losses, ...parts].forEach((part) => part[Symbol.dispose]());
    return this.#passes = { batch, rows, input, dispatches, losses, [Symbol.dispose]: release };
  }

  #frame(
    { count, offset, batch, losses, isLast }: {
      readonly count: number;
      readonly offset: number;
      readonly batch: number;
      readonly losses: number;
      readonly isLast: boolean;
    },
    learningRate: number,
  ): Uint32Array {
    const { beta1, beta2, epsilon, weightDecay, labelSmoothing } = this.#attributes.options;
    const frame = new Uint32Array(STEP_BYTES / 4);
    frame.set([count, offset, batch, losses, Number(offset === 0), Number(isLast)]);
    new Float32Array(frame.buffer).set([
      1 / batch,
      labelSmoothing,
      learningRate / (1 - beta1 ** this.#steps),
      1 / Math.sqrt(1 - beta2 ** this.#steps),
      epsilon,
      weightDecay,
      beta1,
      beta2,
      1 - beta1,
      1 - beta2,
    ], 6);
    return frame;
  }

  #check(rows: Uint32Array): void {
    this.#checkOpen();
    const n = this.#labels.length;
    const wrong = rows.findIndex((row) => row >= n);
    if (rows.length > 0 && wrong < 0) return;
    throw new RangeError(
      `Cannot train on ${rows.length} rows: ` +
        (wrong < 0
          ? "at least 1 is needed"
          : `${rows[wrong]} was given, indices from 0 to ${n - 1} are needed`),
    );
  }

  #checkOpen(): void {
    if (this.#isOpen) return;
    throw new TypeError("Cannot use a session: it was disposed of, open another one");
  }
}

/** Uploads the data, in parts that fit a buffer. */
function uploaded(gpu: Gpu, data: DataRows, n: number): DataPart[] {
  const most = Math.floor(Math.min(MOST_BYTES, gpu.mostBytes) / data.rowBytes);
  const parts: DataPart[] = [];
  for (let first = 0; first < n; first += most) {
    const rows = Math.min(most, n - first);
    const fill = (words: Uint32Array) => data.fill(words, first, rows);
    parts.push({ first, rows, buffer: gpu.filled(rows * data.rowBytes, fill) });
  }
  return parts;
}
