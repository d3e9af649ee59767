import type { HostMatrix } from "@mixtape/operations";
import type { Gpu } from "../gpu.ts";
import { BLOCK, quadColumns, type RowStorage } from "../kernels/rows.ts";

/** Rows that are looked at to tell whether data lies far from the origin. */
const SAMPLE = 2048;

/** Bytes beyond which rows are divided among buffers, whatever the device allows. */
const MOST_BYTES = 2 ** 30;

/** Columns up to which squared distances of bytes fit 32 bits. */
const MOST_BYTE_COLUMNS = 2 ** 16;

/** Steps of Lloyd's algorithm that the device takes before the host reads them, at most. */
export const BATCH = 8;

/** Bytes of a row's labels after each step of a batch and before it, which have to fit a buffer, too. */
const LABEL_BYTES = 4 * (BATCH + 1);

/** Consecutive rows in a buffer. */
export interface RowPart {
  /** Index of the first row. */
  readonly start: number;
  /** Number of rows. */
  readonly rows: number;
  /** The rows, laid out as kernels/rows.ts says. */
  readonly buffer: GPUBuffer;
}

/**
 * Rows on the device: bytes as they are, or float32 numbers times a power of two that makes the
 * largest at most 1. Data that lies far from the origin compared with its spread, and float64, are
 * centred first, and are then rounded.
 */
export class RowStore implements Disposable {
  /** Kind of the numbers on the device. */
  readonly storage: RowStorage;
  /** Groups of 16 bytes of a row. */
  readonly quads: number;
  /** The rows, in parts that fit a buffer. */
  readonly parts: readonly RowPart[];
  /** Point that was subtracted from rows before they were rounded; undefined if rows are exact. */
  readonly origin: Float64Array | undefined;
  /** Factor, a power of two, from numbers of the caller to numbers on the device. */
  readonly scale: number;
  /** True if no number on the device is larger than 1, or than 255 of bytes. */
  readonly isBounded: boolean;

  /**
   * Uploads rows.
   *
   * @param gpu The device.
   * @param x The data, finite.
   */
  constructor(gpu: Gpu, x: HostMatrix) {
    const [n, d] = x.shape;
    this.origin = originOf(x);
    const isBytes = x.values instanceof Uint8Array && !this.origin && d <= MOST_BYTE_COLUMNS;
    this.storage = isBytes ? "bytes" : "floats";
    const extent = isBytes ? 1 : extentOf(x, this.origin);
    this.scale = isBytes ? 1 : powerOfTwoBelow(extent);
    this.isBounded = extent * this.scale <= 1;
    this.quads = Math.ceil(d / quadColumns(this.storage));
    const most = Math.min(MOST_BYTES, gpu.mostBytes);
    const blocks = Math.floor(most / (BLOCK * Math.max(16 * this.quads, LABEL_BYTES)));
    if (blocks === 0) {
      throw new RangeError(
        `Cannot upload rows of ${d} columns: ${BLOCK} of them exceed the ${most} bytes that a ` +
          "buffer of the device may have, use the backend simd",
      );
    }
    const size = BLOCK * Math.min(blocks, 65535);
    const parts: RowPart[] = [];
    for (let start = 0; start < n; start += size) {
      const rows = Math.min(size, n - start);
      const bytes = Math.ceil(rows / BLOCK) * BLOCK * this.quads * 16;
      const buffer = gpu.filled(bytes, (words) => this.#fill(words, x, start, rows));
      parts.push({ start, rows, buffer });
    }
    this.parts = parts;
  }

  /** Converts points of the caller's to numbers on the device, in float64. */
  convert(points: Float64Array): Float64Array {
    const { origin, scale } = this;
    if (!origin) return scale === 1 ? points : points.map((value) => value * scale);
    return points.map((value, at) => (value - origin[at % origin.length]) * scale);
  }

  /** Frees the rows. */
  [Symbol.dispose](): void {
    this.parts.forEach(({ buffer }) => buffer.destroy());
  }

  #fill(words: Uint32Array, { values, shape: [, d] }: HostMatrix, start: number, rows: number) {
    const { quads, origin, scale } = this;
    const bytes = new Uint8Array(16 * quads);
    const row = new Uint32Array(bytes.buffer);
    const numbers = new Float32Array(bytes.buffer);
    for (let i = 0; i < rows; i++) {
      const first = (start + i) * d;
      if (this.storage === "bytes") bytes.set(values.subarray(first, first + d));
      else if (origin) {
        for (let p = 0; p < d; p++) numbers[p] = (values[first + p] - origin[p]) * scale;
      } else for (let p = 0; p < d; p++) numbers[p] = values[first + p] * scale;
      let to = 4 * (Math.floor(i / BLOCK) * quads * BLOCK + i % BLOCK);
      for (let at = 0; at < row.length; at += 4, to += 4 * BLOCK) {
        words[to] = row[at];
        words[to + 1] = row[at + 1];
        words[to + 2] = row[at + 2];
        words[to + 3] = row[at + 3];
      }
    }
  }
}

/** Returns the mean of a sample if float32 numbers about it keep more digits; undefined if not. */
function originOf({ values, shape: [n, d] }: HostMatrix): Float64Array | undefined {
  const rows = Math.min(n, SAMPLE);
  const means = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let r = 0; r < rows; r++) {
    const first = Math.floor(r * n / rows) * d;
    for (let p = 0; p < d; p++) {
      const value = values[first + p];
      const difference = value - means[p];
      means[p] += difference / (r + 1);
      squares[p] += difference * (value - means[p]);
    }
  }
  if (values instanceof Float64Array) return means;
  let offset = 0;
  let spread = 0;
  for (let p = 0; p < d; p++) {
    offset += means[p] ** 2;
    spread += squares[p] / rows;
  }
  return offset > 4 * spread ? means : undefined;
}

function extentOf({ values, shape: [, d] }: HostMatrix, origin: Float64Array | undefined): number {
  let most = 0;
  for (let first = 0; first < values.length; first += d) {
    for (let p = 0; p < d; p++) {
      const value = Math.abs(values[first + p] - (origin ? origin[p] : 0));
      if (value > most) most = value;
    }
  }
  return most;
}

/** Returns the power of two that scales `largest` to at most 1 and above 1/4; 1 for 0. */
export function powerOfTwoBelow(largest: number): number {
  if (!(largest > 1e-290 && largest < 1e290)) return 1;
  return 2 ** -Math.ceil(Math.log2(largest) + 1e-9);
}
