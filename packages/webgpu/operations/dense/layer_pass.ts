import { type Gpu, powerOfTwoFrom } from "../../gpu.ts";
import { denseForward } from "../../kernels/dense_forward.ts";
import { MOST_TURNS, THREADS } from "../../kernels/dense_frame.ts";
import type { DataRows } from "./data_rows.ts";
import { type Dispatch, dispatchOf, layerFrame } from "./dispatch.ts";
import type { Network, NetworkLayer, Panel } from "./network.ts";

/** Bytes of rows, or of outputs, that are computed at the same time, whatever the device allows. */
const MOST_BYTES = 2 ** 27;

/** Quads of the output that a thread computes at the same time. */
const TILE = 2;

/** Rows that a thread computes at the same time, at most. */
const MOST_ROWS_PER_THREAD = 8;

/** Rows for a network. */
export interface LayerInput {
  /** Layout of the rows. */
  readonly data: DataRows;
  /** The rows. */
  readonly x: GPUBuffer;
  /** The frame of the step; see kernels/dense_frame.ts. */
  readonly step: GPUBuffer;
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
  readonly input: LayerInput;
  /** The outputs of each layer. */
  readonly outputs: readonly GPUBuffer[];
  /** The slope of the activation at each output; undefined but in training. */
  readonly slopes: readonly (GPUBuffer | undefined)[];
  /** Computes layer by layer. */
  readonly dispatches: readonly Dispatch[];
  readonly #gpu: Gpu;
  readonly #rows: number;
  readonly #frames: GPUBuffer[] = [];

  /**
   * Makes buffers.
   *
   * @param gpu The device.
   * @param network The network.
   * @param input The rows.
   * @param rows Rows that run through the network at the same time.
   * @param isTraining True to keep slopes.
   */
  constructor(
    gpu: Gpu,
    network: Network,
    input: LayerInput,
    rows: number,
    isTraining: boolean,
  ) {
    this.#gpu = gpu;
    this.input = input;
    this.#rows = rows;
    const bytes = ({ outputQuads }: NetworkLayer) => 16 * rows * outputQuads;
    this.outputs = network.layers.map((layer) => gpu.storage(bytes(layer)));
    this.slopes = network.layers.map((layer) => isTraining ? gpu.storage(bytes(layer)) : undefined);
    this.dispatches = network.layers.flatMap((layer, index) =>
      layer.panels.flatMap((panel) => this.#forward(layer, index, panel))
    );
  }

  /** Frees the buffers. */
  [Symbol.dispose](): void {
    [...this.outputs, ...this.slopes, ...this.#frames].forEach((buffer) => buffer?.destroy());
  }

  #forward(layer: NetworkLayer, index: number, panel: Panel): Dispatch[] {
    const gpu = this.#gpu;
    const { inputQuads } = layer;
    const { data, x: rows, step } = this.input;
    const slopes = this.slopes[index];
    const tile = Math.min(TILE, powerOfTwoFrom(panel.quads));
    const scale = index === 0 ? data.scale : 1;
    const rowsPerThread = rowsOfThread(this.#rows);
    const code = denseForward({
      input: index === 0 ? data.storage : "floats",
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
      const x = index === 0 ? rows : this.outputs[index - 1];
      const buffers = [x, panel.parameters, this.outputs[index], frame, step];
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
