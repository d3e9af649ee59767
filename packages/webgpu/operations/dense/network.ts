import type { Activation, DenseLayerSpec } from "@mixtape/operations";
import type { Gpu } from "../../gpu.ts";
import { MOST_TURNS } from "../../kernels/dense_frame.ts";

/** Units of a layer whose parameters fit a buffer. */
export interface Panel {
  /** First quad of units. */
  readonly first: number;
  /** Number of quads of units. */
  readonly quads: number;
  /** Kernel and biases, (inputs + 1) × quads, padded with rows of zeros to quads of inputs. */
  readonly parameters: GPUBuffer;
}

/** A layer on the device. */
export interface NetworkLayer {
  readonly activation: Activation;
  readonly inputs: number;
  readonly inputQuads: number;
  readonly units: number;
  readonly outputQuads: number;
  /** Bytes of the parameters of a quad of units. */
  readonly quadBytes: number;
  readonly panels: readonly Panel[];
}

/** A network of dense layers whose parameters are on the device. */
export class Network implements Disposable {
  /** The layers. */
  readonly layers: readonly NetworkLayer[];
  readonly #gpu: Gpu;

  /**
   * Uploads a network.
   *
   * @throws {RangeError} If a layer has too many inputs for a buffer of the device.
   */
  constructor(
    gpu: Gpu,
    columns: number,
    layers: readonly DenseLayerSpec[],
    weights: readonly Float32Array[],
  ) {
    this.#gpu = gpu;
    this.layers = layers.map(({ units, activation }, index) => {
      const inputs = index === 0 ? columns : layers[index - 1].units;
      const quadBytes = 64 * Math.ceil((inputs + 1) / 4);
      const outputQuads = Math.ceil(units / 4);
      const most = Math.min(Math.floor(gpu.mostBytes / quadBytes), MOST_TURNS);
      if (most === 0) {
        throw new RangeError(
          `Cannot upload layer ${index}: the weights of ${inputs} inputs to 4 units exceed the ` +
            `${gpu.mostBytes} bytes that a buffer of the device may have, use the backend simd`,
        );
      }
      const panels: Panel[] = [];
      for (let first = 0; first < outputQuads; first += most) {
        const quads = Math.min(most, outputQuads - first);
        const parameters = gpu.filled(quadBytes * quads, (words) => {
          const numbers = new Float32Array(words.buffer);
          const [kernel, biases] = weights.slice(2 * index, 2 * index + 2);
          eachRow(inputs, units, first, quads, (row, at, length) => {
            const from = row < inputs ? kernel.subarray(row * units) : biases;
            numbers.set(from.subarray(4 * first, 4 * first + length), at);
          });
        });
        panels.push({ first, quads, parameters });
      }
      const inputQuads = Math.ceil(inputs / 4);
      return { activation, inputs, inputQuads, units, outputQuads, quadBytes, panels };
    });
  }

  /** Reads kernels and biases, layer by layer. */
  async read(): Promise<Float32Array[]> {
    const encoder = this.#gpu.device.createCommandEncoder();
    const panels = this.layers.flatMap(({ panels }) => panels);
    const bytes = panels.reduce((sum, { parameters }) => sum + parameters.size, 0);
    const staging = this.#gpu.staging(bytes);
    try {
      let at = 0;
      for (const { parameters } of panels) {
        encoder.copyBufferToBuffer(parameters, 0, staging, at, parameters.size);
        at += parameters.size;
      }
      return this.#unpack(new Float32Array(await this.#gpu.read(encoder, staging)));
    } finally {
      staging.destroy();
    }
  }

  /** Frees the parameters. */
  [Symbol.dispose](): void {
    for (const { panels } of this.layers) {
      panels.forEach(({ parameters }) => parameters.destroy());
    }
  }

  #unpack(numbers: Float32Array): Float32Array[] {
    let begin = 0;
    return this.layers.flatMap(({ inputs, units, panels }) => {
      const kernel = new Float32Array(inputs * units);
      const biases = new Float32Array(units);
      for (const { first, quads, parameters } of panels) {
        eachRow(inputs, units, first, quads, (row, at, length) => {
          const from = numbers.subarray(begin + at, begin + at + length);
          if (row < inputs) kernel.set(from, row * units + 4 * first);
          else biases.set(from, 4 * first);
        });
        begin += parameters.size / 4;
      }
      return [kernel, biases];
    });
  }
}

/** Visits the rows of a panel: where each begins, and how many numbers it has that are no padding. */
function eachRow(
  inputs: number,
  units: number,
  first: number,
  quads: number,
  visit: (row: number, at: number, length: number) => void,
): void {
  const length = Math.min(4 * quads, units - 4 * first);
  for (let row = 0; row <= inputs; row++) visit(row, 4 * row * quads, length);
}
