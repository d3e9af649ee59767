import { type Gpu, powerOfTwoFrom } from "../../gpu.ts";
import { denseDelta } from "../../kernels/dense_delta.ts";
import { THREADS } from "../../kernels/dense_frame.ts";
import { denseLoss } from "../../kernels/dense_loss.ts";
import { denseUpdate, LANES } from "../../kernels/dense_update.ts";
import type { BatchRows } from "./batch_rows.ts";
import { type Dispatch, dispatchOf, layerFrame } from "./dispatch.ts";
import { type LayerPass, rowsOfThread } from "./layer_pass.ts";
import type { Network, NetworkLayer, Panel } from "./network.ts";

/** Quads of units that a thread adds up the gradients of. */
const TILE = 2;

/** Quads of inputs that a thread of a wide layer adds up the gradients of. */
const INPUT_TILE = 4;

/** Adam's means of a panel's parameters. */
export interface Moments {
  /** Mean gradients. */
  readonly means: GPUBuffer;
  /** Mean squared gradients. */
  readonly squares: GPUBuffer;
}

/** Buffers of the gradient on its way back through a network, and the kernels of the way. */
export class BackwardPass implements Disposable {
  /** Computes losses and gradients, and moves the parameters. */
  readonly dispatches: readonly Dispatch[];
  readonly #gpu: Gpu;
  readonly #batch: BatchRows;
  readonly #pass: LayerPass;
  readonly #rows: number;
  readonly #moments: ReadonlyMap<Panel, Moments>;
  readonly #isChunked: boolean;
  readonly #deltas: readonly GPUBuffer[];
  readonly #own: GPUBuffer[];

  /**
   * Makes buffers.
   *
   * @param gpu The device.
   * @param network The network.
   * @param batch The rows of a batch.
   * @param pass The way forward.
   * @param moments Adam's means.
   * @param losses Buffer of the sums of losses.
   * @param rows Rows that go back at the same time.
   * @param isChunked True if a batch may have more of them.
   */
  constructor(
    gpu: Gpu,
    network: Network,
    batch: BatchRows,
    pass: LayerPass,
    moments: ReadonlyMap<Panel, Moments>,
    losses: GPUBuffer,
    rows: number,
    isChunked: boolean,
  ) {
    this.#gpu = gpu;
    this.#batch = batch;
    this.#pass = pass;
    this.#rows = rows;
    this.#moments = moments;
    this.#isChunked = isChunked;
    const { layers } = network;
    this.#deltas = layers.map(({ outputQuads }) => gpu.storage(16 * rows * outputQuads));
    this.#own = [...this.#deltas];
    const last = layers.length - 1;
    const dispatches = [this.#loss(layers[last], last, losses)];
    for (let index = last; index >= 0; index--) {
      const layer = layers[index];
      if (index > 0) dispatches.push(...layer.panels.map((_, p) => this.#delta(layer, index, p)));
      dispatches.push(...layer.panels.map((panel) => this.#update(layer, index, panel)));
    }
    this.dispatches = dispatches;
  }

  /** Frees the buffers. */
  [Symbol.dispose](): void {
    this.#own.forEach((buffer) => buffer.destroy());
  }

  #loss(layer: NetworkLayer, index: number, losses: GPUBuffer): Dispatch {
    const gpu = this.#gpu;
    const { outputs, slopes } = this.#pass;
    const { batch, step } = this.#batch;
    const kernel = gpu.kernel(denseLoss, [
      ...["read", "read", "read", "write", "write", "uniform", "uniform"] as const,
    ]);
    const frame = this.#frame(layer, 0, 0);
    const buffers = [outputs[index], batch, slopes[index]!, this.#deltas[index], losses];
    return dispatchOf(gpu, kernel, [...buffers, frame, step], (n) => [Math.ceil(n / THREADS), 1]);
  }

  #delta(layer: NetworkLayer, index: number, panel: number): Dispatch {
    const gpu = this.#gpu;
    const { slopes } = this.#pass;
    const rowsPerThread = rowsOfThread(this.#rows);
    const kernel = gpu.kernel(denseDelta(rowsPerThread), [
      ...["read", "read", "read", "write", "uniform", "uniform"] as const,
    ]);
    const { parameters } = layer.panels[panel];
    const frame = this.#frame(layer, panel, layer.panels.length - 1);
    const [from, to] = [this.#deltas[index], this.#deltas[index - 1]];
    const buffers = [from, parameters, slopes[index - 1]!, to, frame, this.#batch.step];
    return dispatchOf(gpu, kernel, buffers, (n) => [
      layer.inputQuads,
      Math.ceil(n / (rowsPerThread * THREADS)),
    ]);
  }

  #update(layer: NetworkLayer, index: number, panel: Panel): Dispatch {
    const gpu = this.#gpu;
    const { outputs } = this.#pass;
    const { data, x, step } = this.#batch;
    const isChunked = this.#isChunked;
    const quads = Math.ceil((layer.inputs + 1) / 4);
    const tile = Math.min(TILE, powerOfTwoFrom(panel.quads));
    const [input, scale] = index === 0
      ? [data.storage, data.scale] as const
      : ["floats", 1] as const;
    const inputTile = quads <= LANES ? 1 : INPUT_TILE;
    const kernel = gpu.kernel(denseUpdate({ input, inputTile, tile, isChunked }), [
      ...["read", "read", "write", "write", "write"] as const,
      ...isChunked ? ["write"] as const : [],
      ...["uniform", "uniform"] as const,
    ]);
    const { means, squares } = this.#moments.get(panel)!;
    const kept = isChunked ? [this.#keep(gpu.storage(panel.parameters.size))] : [];
    const frame = this.#frame(layer, layer.panels.indexOf(panel), 0, scale);
    const from = index === 0 ? x : outputs[index - 1];
    const own = [from, this.#deltas[index], panel.parameters, means, squares, ...kept];
    return dispatchOf(gpu, kernel, [...own, frame, step], () => [
      Math.ceil(quads / (inputTile * LANES)),
      Math.ceil(panel.quads / tile),
    ]);
  }

  #frame(layer: NetworkLayer, panel: number, last: number, scale = 1): GPUBuffer {
    const share = { begin: 0, end: 0, isFirst: panel === 0, isLast: panel === last };
    return this.#keep(layerFrame(this.#gpu, layer, layer.panels[panel], share, scale));
  }

  #keep(buffer: GPUBuffer): GPUBuffer {
    this.#own.push(buffer);
    return buffer;
  }
}
