import type { Gpu } from "../../gpu.ts";
import { COUNTERS, FRAME_BYTES } from "../../kernels/lloyd_frame.ts";
import type { RowStore } from "../row_store.ts";
import type { LloydLayout } from "./lloyd_layout.ts";

/** Bytes from one frame of uniforms to the next. */
const FRAME = 256;

/** Uniforms of Lloyd's algorithm: a frame for each part of the rows in each step of a batch. */
export class LloydFrames {
  /** The frames. */
  readonly buffer: GPUBuffer;
  readonly #parts: number;

  /** Writes the frames of a batch. */
  constructor(gpu: Gpu, { quads, parts }: RowStore, layout: LloydLayout) {
    const { d, k, steps, tile, tiles, bounds, fraction, sumFraction, historyWords } = layout;
    this.#parts = parts.length;
    this.buffer = gpu.uniform(FRAME * steps * parts.length);
    const words = new Uint32Array(FRAME / 4 * steps * parts.length);
    const integers = new Int32Array(words.buffer);
    const numbers = new Float32Array(words.buffer);
    for (let step = 0; step < steps; step++) {
      for (const [part, { rows }] of parts.entries()) {
        const at = this.#at(step, part) / 4;
        const before = (step === 0 ? steps : step - 1) * rows;
        words.set([rows, quads, d, k, tiles, step, before, step * rows], at);
        const counters = steps + 1 + (step * parts.length + part) * COUNTERS;
        words.set([counters, parts.length, step * historyWords], at + 8);
        integers[at + 11] = sumFraction;
        const { slope, offset, drift, error } = bounds;
        numbers.set([slope, offset, drift, error, 2 ** -fraction, Math.sqrt(d)], at + 12);
        words[at + 18] = tile;
      }
    }
    gpu.write(this.buffer, words);
  }

  /** The frame of a part in a step. */
  of(step: number, part: number): GPUBufferBinding {
    return { buffer: this.buffer, offset: this.#at(step, part), size: FRAME_BYTES };
  }

  #at(step: number, part: number): number {
    return FRAME * (step * this.#parts + part);
  }
}
