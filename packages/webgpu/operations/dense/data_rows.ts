import type { HostMatrix } from "@mixtape/operations";
import { QUAD_BYTES, type QuadStorage } from "../../kernels/dense_frame.ts";

/**
 * Rows as the device keeps them: bytes as they are, which the device multiplies by the input scale,
 * or float32 numbers that were multiplied in float64. Each row is padded with zeros to quads of
 * columns.
 */
export class DataRows {
  /** Kind of the numbers on the device. */
  readonly storage: QuadStorage;
  /** Groups of four columns. */
  readonly quads: number;
  /** Bytes of a row on the device. */
  readonly rowBytes: number;
  /** Factor of the device's: that of bytes, 1 for numbers, which were multiplied before. */
  readonly scale: number;
  readonly #x: HostMatrix;
  readonly #scale: number;

  /** Stores `x`, to be multiplied by `scale`. */
  constructor(x: HostMatrix, scale: number) {
    this.#x = x;
    this.#scale = scale;
    this.storage = x.values instanceof Uint8Array ? "bytes" : "floats";
    this.scale = this.storage === "bytes" ? scale : 1;
    this.quads = Math.ceil(x.shape[1] / 4);
    this.rowBytes = this.quads * QUAD_BYTES[this.storage];
  }

  /** Writes rows from `start` on into zeros. */
  fill(target: Uint32Array, start: number, rows: number): void {
    const { values, shape: [, d] } = this.#x;
    const from = values.subarray(start * d, (start + rows) * d);
    const width = 4 * this.quads;
    if (from instanceof Uint8Array) {
      const bytes = new Uint8Array(target.buffer, target.byteOffset, rows * width);
      if (d === width) return bytes.set(from);
      for (let i = 0; i < rows; i++) bytes.set(from.subarray(i * d, (i + 1) * d), i * width);
      return;
    }
    const numbers = new Float32Array(target.buffer, target.byteOffset, rows * width);
    const scale = this.#scale;
    for (let i = 0; i < rows; i++) {
      for (let p = 0; p < d; p++) numbers[i * width + p] = from[i * d + p] * scale;
    }
  }
}
