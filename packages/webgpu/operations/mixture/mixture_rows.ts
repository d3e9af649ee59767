import type { MatrixValues, MixtureAttributes } from "@mixtape/operations";
import type { Gpu } from "../../gpu.ts";
import { BLOCK_ROWS, type RowNumbers } from "../../kernels/mixture/frame.ts";
import type { MixtureColumns } from "./layout.ts";
import { isNear } from "./terms.ts";

/** Bytes beyond which rows are divided among buffers, whatever the device allows. */
const MOST_BYTES = 2 ** 30;

/** Consecutive rows in a buffer. */
export interface MixturePart {
  /** Index of the first row. */
  readonly start: number;
  /** Number of rows. */
  readonly rows: number;
  /** The rows, laid out as `mixtureFrame` says. */
  readonly buffer: GPUBuffer;
}

/** Rows on the device, as they are: float32 where all numbers are, float64 where not. */
export class MixtureRows implements Disposable {
  /** Kind of the numbers on the device. */
  readonly numbers: RowNumbers;
  /** The rows, in parts that fit a buffer. */
  readonly parts: readonly MixturePart[];
  /** Number of blocks of each part. */
  readonly blocks: readonly number[];
  /** Indices of rows that are too far from 0 for kernels, which skip them. */
  readonly distant: readonly number[];

  /**
   * Uploads rows.
   *
   * @param gpu The device.
   * @param attrs The data.
   * @param columns Sizes of its columns.
   */
  constructor(gpu: Gpu, attrs: MixtureAttributes, { quads }: MixtureColumns) {
    const { rows, columns, values } = attrs;
    this.numbers = values instanceof Float64Array ? "f64" : "f32";
    const blockBytes = BLOCK_ROWS * quads * (this.numbers === "f64" ? 32 : 16);
    const most = Math.floor(Math.min(MOST_BYTES, gpu.mostBytes) / blockBytes);
    if (most === 0) {
      throw new RangeError(
        `Cannot upload rows of ${columns} columns: ${BLOCK_ROWS} of them take ${blockBytes} ` +
          "bytes, more than a buffer of the device may have, use the backend simd",
      );
    }
    const distant: number[] = [];
    const parts: MixturePart[] = [];
    for (let start = 0; start < rows; start += most * BLOCK_ROWS) {
      const count = Math.min(most * BLOCK_ROWS, rows - start);
      const bytes = Math.ceil(count / BLOCK_ROWS) * blockBytes;
      const fill = ({ buffer }: Uint32Array) => this.#fill(buffer, attrs, start, count, distant);
      parts.push({ start, rows: count, buffer: gpu.filled(bytes, fill) });
    }
    this.parts = parts;
    this.blocks = parts.map(({ rows: count }) => Math.ceil(count / BLOCK_ROWS));
    this.distant = distant;
  }

  /** Frees the rows. */
  [Symbol.dispose](): void {
    this.parts.forEach(({ buffer }) => buffer.destroy());
  }

  #fill(
    buffer: ArrayBufferLike,
    { values, columns: d }: MixtureAttributes,
    start: number,
    count: number,
    distant: number[],
  ): void {
    const to = this.numbers === "f64" ? new Float64Array(buffer) : new Float32Array(buffer);
    const quads = Math.ceil((d + 1) / 4);
    for (let i = 0; i < count; i++) {
      const from = (start + i) * d;
      if (!isRowNear(values, from, d)) {
        distant.push(start + i);
        continue;
      }
      let at = 4 * (Math.floor(i / BLOCK_ROWS) * quads * BLOCK_ROWS + i % BLOCK_ROWS);
      for (let p = 0; p <= d; p++) {
        to[at] = p < d ? values[from + p] : 1;
        at += p % 4 === 3 ? 4 * BLOCK_ROWS - 3 : 1;
      }
    }
  }
}

function isRowNear(values: MatrixValues, from: number, d: number): boolean {
  for (let at = from; at < from + d; at++) if (!isNear(values[at])) return false;
  return true;
}
