import type { Gpu } from "../../gpu.ts";

/** Pieces of buffers of the device that the host reads together. */
export class Pieces {
  readonly #pieces: {
    readonly buffer: GPUBuffer;
    readonly first: number;
    readonly words: number;
  }[] = [];
  #words = 0;

  /** Number of 32-bit words of all pieces. */
  get words(): number {
    return this.#words;
  }

  /**
   * Adds a piece.
   *
   * @param buffer The buffer.
   * @param first Index of the first word of the piece in the buffer.
   * @param words Number of words, which may be 0.
   * @returns Index of the first word of the piece among those that are read.
   */
  add(buffer: GPUBuffer, first: number, words: number): number {
    const at = this.#words;
    if (words > 0) this.#pieces.push({ buffer, first, words });
    this.#words += words;
    return at;
  }

  /**
   * Reads the pieces.
   *
   * @param gpu The device.
   * @param encoder Commands that come first.
   * @param staging Buffer of the host's with room for all pieces.
   */
  async read(gpu: Gpu, encoder: GPUCommandEncoder, staging: GPUBuffer): Promise<Uint32Array> {
    let at = 0;
    for (const { buffer, first, words } of this.#pieces) {
      encoder.copyBufferToBuffer(buffer, 4 * first, staging, 4 * at, 4 * words);
      at += words;
    }
    return new Uint32Array(await gpu.read(encoder, staging, 4 * at));
  }
}
