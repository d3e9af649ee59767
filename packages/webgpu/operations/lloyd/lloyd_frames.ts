import type { Gpu } from "../../gpu.ts";
import { COUNTERS, FRAME_BYTES } from "../../kernels/lloyd_frame.ts";
import type { RowStore } from "../row_store.ts";
import type { LloydLayout } from "./lloyd_layout.ts";

/** Bytes from one frame of uniforms to the next. */
const FRAME = 256;

/** Uniforms of Lloyd's algorithm: a frame for each part of the rows in each step of a batch, in each pass over the clusters. */
export class LloydFrames {
  /** The frames. */
  readonly buffer: GPUBuffer;
  readonly #parts: number;
  readonly #passes: number;

  /** Writes the frames of a batch. */
  constructor(gpu: Gpu, { quads, parts }: RowStore, layout: LloydLayout) {
    const { d, k, steps, tile, tiles, tilesPerPass, fraction, sumFraction } = layout;
    const { historyWords, bounds: { slope, offset, drift, error } } = layout;
    this.#parts = parts.length;
    this.#passes = Math.ceil(tiles / tilesPerPass);
    const frames = steps * parts.length * this.#passes;
    this.buffer = gpu.uniform(FRAME * frames);
    const words = new Uint32Array(FRAME / 4 * frames);
    const integers = new Int32Array(words.buffer);
    const numbers = new Float32Array(words.buffer);
    for (let frame = 0; frame < frames; frame++) {
      const pass = frame % this.#passes;
      const part = Math.floor(frame / this.#passes) % parts.length;
      const step = Math.floor(frame / this.#passes / parts.length);
      const { rows } = parts[part];
      const before = (step === 0 ? steps : step - 1) * rows;
      const counters = steps + 1 + (step * parts.length + part) * COUNTERS;
      const firstTile = pass * tilesPerPass;
      const lastTile = Math.min(tiles, firstTile + tilesPerPass);
      const at = FRAME / 4 * frame;
      words.set([rows, quads, d, k, firstTile, lastTile, step, before, step * rows], at);
      words.set([counters, parts.length, step * historyWords], at + 9);
      integers[at + 12] = sumFraction;
      numbers.set([slope, offset, drift, error, 2 ** -fraction, Math.sqrt(d)], at + 13);
      words[at + 19] = tile;
    }
    gpu.write(this.buffer, words);
  }

  /** Returns the frame of a part in a step, in a pass over the clusters. */
  of(step: number, part: number, pass = 0): GPUBufferBinding {
    const frame = (step * this.#parts + part) * this.#passes + pass;
    return { buffer: this.buffer, offset: FRAME * frame, size: FRAME_BYTES };
  }
}
