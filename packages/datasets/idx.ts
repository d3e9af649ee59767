import { givenOptions } from "@mixtape/tensor-utils/options";
import { fileBytes } from "./bytes.ts";
import { inflate, inflateHead } from "./gzip.ts";
import { isGzip } from "./sources/gunzip.ts";

/** An array read from an IDX file, the format of MNIST and its relatives. */
export interface IdxArray {
  /** Size of each dimension, for example `[60000, 28, 28]` for images and `[60000]` for labels. */
  readonly shape: readonly number[];
  /** Values, with the last dimension varying fastest. */
  readonly values: Uint8Array;
}

/** Options of {@linkcode readIdx}. */
export interface ReadIdxOptions {
  /** Name of the file in error messages. */
  readonly name?: string;
  /**
   * Largest size allowed once decompressed, in bytes; 1 GiB by default: far above any data set of
   * this kind, and far below the memory of a machine.
   */
  readonly maxBytes?: number;
}

const UNSIGNED_BYTE = 0x08;
const MAX_DIMENSIONS = 8;
const TYPE_NAMES: Readonly<Record<number, string>> = {
  0x09: "signed bytes",
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "32-bit floats",
  0x0e: "64-bit floats",
};

/**
 * Reads an IDX file of unsigned bytes, compressed with gzip or not.
 *
 * The header gives the size of the file, and no more than that is ever decompressed.
 *
 * @example Read what was written
 * ```ts
 * import assert from "node:assert/strict";
 * import { readIdx, writeIdx } from "@mixtape/datasets";
 *
 * const file = writeIdx({ shape: [2, 2], values: new Uint8Array([1, 2, 3, 4]) });
 * const { shape, values } = await readIdx(file, { name: "four numbers" });
 * assert.deepEqual(shape, [2, 2]);
 * assert.deepEqual([...values], [1, 2, 3, 4]);
 * ```
 *
 * @param bytes The bytes of the file. The values of an uncompressed file are a view of them, not a
 * copy.
 * @param options Name of the file in error messages, and largest size allowed.
 * @returns The array, with the shape in the header.
 * @throws {SyntaxError} If the magic number is wrong, the values are not unsigned bytes, the file
 * is damaged, or its length contradicts its header.
 * @throws {RangeError} If it is larger than `maxBytes`, or decompresses to more bytes than its
 * header announces.
 * @see The format, at the end of http://yann.lecun.com/exdb/mnist/
 */
export async function readIdx(
  bytes: Uint8Array,
  options?: ReadIdxOptions,
): Promise<IdxArray> {
  const { name = "an IDX file", maxBytes = 2 ** 30 } = givenOptions(options, {
    name: true,
    maxBytes: true,
  }, "readIdx");
  const view = fileBytes(bytes, name);
  const compressed = isGzip(view);
  // The compressed bytes must not change while they are decompressed piece by piece.
  const file = compressed ? view.slice() : view;
  const head = compressed ? await inflateHead(file, 4 + 4 * MAX_DIMENSIONS, name) : file;
  const shape = parseHeader(head, name);
  const size = idxSize(shape);
  if (size > maxBytes) {
    throw new RangeError(
      `Cannot read ${name}: its header announces ${size} bytes, at most ${maxBytes} are allowed`,
    );
  }
  const content = compressed ? await inflate(file, { name, size }) : file;
  if (content.length !== size) {
    const fault = content.length > size ? "bytes after the end" : "cut short";
    throw new SyntaxError(
      `Cannot read ${name}: its header of shape [${shape}] announces ${size} bytes, ` +
        `it has ${content.length} (${fault})`,
    );
  }
  return { shape, values: content.subarray(headerSize(shape)) };
}

/**
 * Writes an IDX file of unsigned bytes, uncompressed.
 *
 * @example Three labels
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeIdx } from "@mixtape/datasets";
 *
 * const file = writeIdx({ shape: [3], values: Uint8Array.of(7, 2, 1) });
 * assert.deepEqual([...file], [0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]);
 * ```
 *
 * @param array The values and their shape, of 1 to 8 dimensions.
 * @returns The bytes of the file.
 * @throws {RangeError} If the shape does not match the values, or the format cannot hold it.
 */
export function writeIdx({ shape, values }: IdxArray): Uint8Array {
  const fits = shape.every((size) => Number.isInteger(size) && size >= 0 && size < 2 ** 32);
  if (!fits || shape.length < 1 || shape.length > MAX_DIMENSIONS) {
    throw new RangeError(
      `Cannot write an IDX file: its shape is [${shape}], ` +
        `1 to ${MAX_DIMENSIONS} whole numbers from 0 to 4294967295 are needed`,
    );
  }
  if (values.length !== product(shape)) {
    throw new RangeError(
      `Cannot write an IDX file: its shape [${shape}] needs ${product(shape)} values, ` +
        `${values.length} were given`,
    );
  }
  const file = new Uint8Array(idxSize(shape));
  const view = new DataView(file.buffer);
  view.setUint16(2, UNSIGNED_BYTE << 8 | shape.length);
  shape.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  file.set(values, headerSize(shape));
  return file;
}

/** Returns the number of bytes of an uncompressed IDX file of a shape. */
export function idxSize(shape: readonly number[]): number {
  return headerSize(shape) + product(shape);
}

function headerSize(shape: readonly number[]): number {
  return 4 + 4 * shape.length;
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, count) => size * count, 1);
}

function parseHeader(head: Uint8Array, name: string): number[] {
  const dimensions = head[3] ?? 0;
  if (
    head.length < 4 || head[0] !== 0 || head[1] !== 0 ||
    dimensions < 1 || dimensions > MAX_DIMENSIONS
  ) {
    const magic = [...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0"));
    throw new SyntaxError(
      `Cannot read ${name}: its magic number is ${magic.join(" ") || "missing"}, ` +
        `an IDX file of bytes begins with 00 00 08 and the number of dimensions, 1 to 8`,
    );
  }
  if (head[2] !== UNSIGNED_BYTE) {
    const type = TYPE_NAMES[head[2]] ?? `type 0x${head[2].toString(16).padStart(2, "0")}`;
    throw new SyntaxError(
      `Cannot read ${name}: it holds ${type}, unsigned bytes (0x08) are needed`,
    );
  }
  if (head.length < 4 + 4 * dimensions) {
    throw new SyntaxError(
      `Cannot read ${name}: its header of ${dimensions} dimensions needs ${4 + 4 * dimensions} ` +
        `bytes, it has ${head.length}`,
    );
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
}
