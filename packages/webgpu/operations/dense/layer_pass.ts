import { type Gpu, grid, powerOfTwoFrom } from "../../gpu.ts";
import { denseForward } from "../../kernels/dense_forward.ts";
import { MOST_TURNS, STEP_BYTES, THREADS } from "../../kernels/dense_frame.ts";
import { denseGather } from "../../kernels/dense_gather.ts";
import type { DataRows } from "./data_rows.ts";
import { type Dispatch, dispatchOf, layerFrame } from "./dispatch.ts";
import type { Network, NetworkLayer, Panel } from "./network.ts";

/** Bytes of rows, or of outputs, that are computed at the same time, whatever the device allows. */
const MOST_BYTES = 2 ** 27;

/** Quads of the output that a thread computes at the same time. */
const TILE = 2;

/** Rows that a thread computes at the same time, at most. */
const MOST_ROWS_PER_THREAD = 8;

/** Consecutive rows of the data on the device. */
export interface DataPart {
  /** Index of the first row. */
  readonly first: number;
  /** Number of rows. */
  readonly rows: number;
  /** The rows, as `DataRows` fills them. */
  readonly buffer: GPUBuffer;
}

/**
 * Returns the number of rows that may run through a network at the same time.
 *
 * @throws {RangeError} If not even one row fits the buffers of the device.
 */
export function mostRows(gpu: Gpu, { layers }: Network, { rowBytes }: DataRows): number {
  const widest = layers.reduce((most, layer) => Math.max(most, 16 * layer.outputQuads), rowBytes);
  const bytes = Math.min(MOST_BYTES, gpu.mostBytes);
  const rows = Math.min(MOST_TURNS, Math.floor(bytes / widest));
  if (rows > 0) return rows;
  throw new RangeError(
    `Cannot run a network on webgpu: a row of ${widest} bytes exceeds the ${bytes} bytes that a ` +
      "buffer of the device may have, use the backend simd",
  );
}

/** Buffers of rows on their way forward through a network, and the kernels that fill them. */
export class LayerPass implements Disposable {
  /** The rows. */
  readonly x: GPUBuffer;
  /** The outputs of each layer. */
  readonly outputs: readonly GPUBuffer[];
  /** The slope of the activation at each output; undefined but in training. */
  readonly slopes: readonly (GPUBuffer | undefined)[];
  /** The frame of the step; see kernels/dense_frame.ts. */
  readonly step: GPUBuffer;
  /** Numbers of the rows of a batch, then their labels. */
  readonly batch: GPUBuffer;
  /** Copies rows, then computes layer by layer. */
  readonly dispatches: readonly Dispatch[];
  readonly #gpu: Gpu;
  readonly #data: DataRows;
  readonly #rows: number;
  readonly #frames: GPUBuffer[] = [];

  /**
   * Makes buffers.
   *
   * @param gpu The device.
   * @param network The network.
   * @param data Layout of the data.
   * @param parts The data.
   * @param rows Rows that run through the network at the same time.
   * @param batch Rows of a batch, at least as many.
   * @param isTraining True to keep slopes.
   */
  constructor(
    gpu: Gpu,
    network: Network,
    data: DataRows,
    parts: readonly DataPart[],
    rows: number,
    batch: number,
    isTraining: boolean,
  ) {
    this.#gpu = gpu;
    this.#data = data;
    this.#rows = rows;
    const { storage, quads, rowBytes } = data;
    const bytes = ({ outputQuads }: NetworkLayer) => 16 * rows * outputQuads;
    this.x = gpu.storage(rows * rowBytes);
    this.outputs = network.layers.map((layer) => gpu.storage(bytes(layer)));
    this.slopes = network.layers.map((layer) => isTraining ? gpu.storage(bytes(layer)) : undefined);
    this.step = gpu.uniform(STEP_BYTES);
    this.batch = gpu.storage(4 * batch * (isTraining ? 2 : 1));
    const gather = gpu.kernel(denseGather(storage), [
      ...["read", "read", "write", "uniform", "uniform"] as const,
    ]);
    this.dispatches = [
      ...parts.map(({ first, rows: count, buffer }) => {
        const frame = this.#keep(gpu.uniform(16));
        gpu.write(frame, Uint32Array.of(first, count, quads));
        const buffers = [buffer, this.batch, this.x, frame, this.step];
        return dispatchOf(gpu, gather, buffers, (n) => grid(Math.ceil(n * quads / THREADS)));
      }),
      ...network.layers.flatMap((layer, index) =>
        layer.panels.flatMap((panel) => this.#forward(layer, index, panel))
      ),
    ];
  }

  /** Frees the buffers. */
  [Symbol.dispose](): void {
    const all = [this.x, ...this.outputs, ...this.slopes, this.step, this.batch, ...this.#frames];
    all.forEach((buffer) => buffer?.destroy());
  }

  #forward(layer: NetworkLayer, index: number, panel: Panel): Dispatch[] {
    const gpu = this.#gpu;
    const { inputQuads } = layer;
    const slopes = this.slopes[index];
    const tile = Math.min(TILE, powerOfTwoFrom(panel.quads));
    const scale = index === 0 ? this.#data.scale : 1;
    const rowsPerThread = rowsOfThread(this.#rows);
    const code = denseForward({
      input: index === 0 ? this.#data.storage : "floats",
      activation: layer.activation,
      isTraining: slopes !== undefined,
      rowsPerThread,
      tile,
    });
    const kernel = gpu.kernel(code, [
      ...["read", "read", "write", "uniform", "uniform"] as const,
      ...slopes ? ["write"] as const : [],
    ]);
    const dispatches: Dispatch[] = [];
    for (let begin = 0; begin < inputQuads; begin += MOST_TURNS) {
      const end = Math.min(begin + MOST_TURNS, inputQuads);
      const share = { begin, end, isFirst: begin === 0, isLast: end === inputQuads };
      const frame = this.#keep(layerFrame(gpu, layer, panel, share, scale));
      const x = index === 0 ? this.x : this.outputs[index - 1];
      const buffers = [x, panel.parameters, this.outputs[index], frame, this.step];
      dispatches.push(dispatchOf(
        gpu,
        kernel,
        slopes ? [...buffers, slopes] : buffers,
        (n) => [Math.ceil(panel.quads / tile), Math.ceil(n / (rowsPerThread * THREADS))],
      ));
    }
    return dispatches;
  }

  #keep(frame: GPUBuffer): GPUBuffer {
    this.#frames.push(frame);
    return frame;
  }
}

/** Returns the number of rows that a thread computes: many, but so that few rows occupy a workgroup. */
export function rowsOfThread(rows: number): number {
  return Math.min(MOST_ROWS_PER_THREAD, powerOfTwoFrom(Math.ceil(rows / THREADS)));
}
