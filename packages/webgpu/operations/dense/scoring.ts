import type { DenseForwardAttributes } from "@mixtape/operations";
import type { Gpu } from "../../gpu.ts";
import { STEP_BYTES } from "../../kernels/dense_frame.ts";
import { DataRows } from "./data_rows.ts";
import { encode } from "./dispatch.ts";
import { type LayerInput, LayerPass, mostRows } from "./layer_pass.ts";
import { Network } from "./network.ts";

/** Blocks of rows that are under way at the same time: one is unpacked while another is computed. */
const BLOCKS = 2;

/** Bytes of the outputs of a block, whatever the device allows. */
const MOST_OUTPUT_BYTES = 2 ** 27;

/** Runs data through a network, block by block, from its bytes to the outputs of some layers. */
export class Scoring implements Disposable {
  readonly #gpu: Gpu;
  readonly #attributes: DenseForwardAttributes;
  readonly #network: Network;
  /** Rows of a block. */
  readonly #rows: number;
  readonly #input: LayerInput;
  readonly #pass: LayerPass;
  readonly #stagings: readonly GPUBuffer[];

  /** Uploads the network, and makes buffers for blocks. */
  constructor(gpu: Gpu, attributes: DenseForwardAttributes) {
    const { x, layers, weights, inputScale, keep } = attributes;
    this.#gpu = gpu;
    this.#attributes = attributes;
    const data = new DataRows(x, inputScale);
    const network = this.#network = new Network(gpu, x.shape[1], layers, weights);
    const outputBytes = keep.reduce((sum, layer) => sum + bytesOf(network, layer), 0);
    const rows = this.#rows = Math.max(
      1,
      Math.min(
        x.shape[0],
        mostRows(gpu, network, data),
        Math.floor(MOST_OUTPUT_BYTES / Math.max(1, outputBytes)),
      ),
    );
    const buffer = gpu.storage(rows * data.rowBytes);
    this.#input = { data, x: buffer, step: gpu.uniform(STEP_BYTES) };
    this.#pass = new LayerPass(gpu, network, this.#input, rows, false);
    this.#stagings = Array.from({ length: BLOCKS }, () => gpu.staging(rows * outputBytes));
  }

  /**
   * Runs all rows.
   *
   * @returns The outputs of each layer in `keep`.
   */
  async run(): Promise<Float32Array[]> {
    const { x: { shape: [n] }, layers, keep, signal } = this.#attributes;
    const kept = keep.map((layer) => new Float32Array(n * layers[layer].units));
    const most = this.#rows;
    const under: Promise<void>[] = [];
    for (let first = 0; first < n; first += most) {
      if (under.length === BLOCKS) await under.shift();
      signal?.throwIfAborted();
      const block = this.#block(first, Math.min(most, n - first), kept);
      // If another block fails before this one is awaited, that one's error is the one to tell.
      block.catch(() => {});
      under.push(block);
    }
    await Promise.all(under);
    return kept;
  }

  /** Frees the buffers. */
  [Symbol.dispose](): void {
    this.#network[Symbol.dispose]();
    this.#pass[Symbol.dispose]();
    [this.#input.x, this.#input.step, ...this.#stagings].forEach((buffer) => buffer.destroy());
  }

  async #block(first: number, rows: number, kept: readonly Float32Array[]): Promise<void> {
    const gpu = this.#gpu;
    const { keep } = this.#attributes;
    const { data, x, step } = this.#input;
    const staging = this.#stagings[first / this.#rows % BLOCKS];
    const words = new Uint32Array(rows * data.rowBytes / 4);
    data.fill(words, first, rows);
    gpu.write(x, words);
    gpu.write(step, Uint32Array.of(rows, 0, rows));
    const encoder = gpu.device.createCommandEncoder();
    encode(encoder, this.#pass.dispatches, rows);
    let end = 0;
    for (const layer of keep) {
      const bytes = rows * bytesOf(this.#network, layer);
      encoder.copyBufferToBuffer(this.#pass.outputs[layer], 0, staging, end, bytes);
      end += bytes;
    }
    const outputs = await gpu.read(encoder, staging, end);
    let at = 0;
    keep.forEach((layer, i) => {
      const { units, outputQuads } = this.#network.layers[layer];
      const width = 4 * outputQuads;
      const padded = new Float32Array(outputs, at, rows * width);
      for (let row = 0; row < rows; row++) {
        const own = padded.subarray(row * width, row * width + units);
        kept[i].set(own, (first + row) * units);
      }
      at += 4 * rows * width;
    });
  }
}

/** Returns the bytes of a row of outputs of a layer. */
function bytesOf({ layers }: Network, layer: number): number {
  return 16 * layers[layer].outputQuads;
}
