import {
  arrayKind,
  checkChoice,
  describeValue,
  fromFloat16,
  givenOptions,
  largestFloat16,
  toFloat16,
} from "@mixtape/tensor-utils";
import { repeatedName } from "./repeated_name.ts";

/** Number type of a file: 4 bytes per number, or 2 with a relative error of up to 2⁻¹¹. */
export type StoredType = "F32" | "F16";

/** Options of {@link writeSafetensors}. */
export interface WriteOptions {
  /** Number type of the file; `"F32"` by default, which is lossless. */
  readonly dtype?: StoredType;
}

/** A float32 array with its shape, to be written to or read from a safetensors file. */
export interface StoredTensor {
  /** Sizes of its axes; `[]` for a single number. */
  readonly shape: readonly number[];
  /** Numbers, row by row. */
  readonly values: Float32Array;
}

/** Contents of a safetensors file. */
export interface Safetensors {
  /** Arrays by name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Metadata: texts by name. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** The format's own limit, so that a hostile length cannot exhaust the memory. */
const maxHeaderBytes = 100_000_000;

/**
 * Largest header without its padding: room for 30,000 arrays, yet nothing in it takes seconds to
 * parse.
 */
const maxContentBytes = 3_000_000;

/** Bytes before the header: its length, as an unsigned little-endian 64-bit integer. */
const prefixBytes = 8;

/** Number of bytes per number of each type, with its reader and writer. */
const storage = {
  F32: {
    size: 4,
    read: (view: DataView, at: number): number => view.getFloat32(at, true),
    write: (view: DataView, at: number, value: number): void => view.setFloat32(at, value, true),
  },
  F16: {
    size: 2,
    read: (view: DataView, at: number): number => fromFloat16(view.getUint16(at, true)),
    write: (view: DataView, at: number, value: number): void =>
      view.setUint16(at, toFloat16(value), true),
  },
};
const storedTypes = Object.keys(storage) as StoredType[];

/**
 * Writes float32 arrays in the safetensors format: the length of the header, a JSON header padded
 * with spaces to a multiple of 8 bytes, and the arrays back to back, little-endian.
 *
 * @param contents Arrays and metadata.
 * @param options `dtype: "F16"` rounds every number to the nearest float16, for half the bytes.
 * @returns The bytes of the file; the same contents give the same bytes.
 * @throws {RangeError} If the values of an array do not match its shape, one is named
 * `__metadata__`, the header would exceed 3 MB, or `"F16"` is asked for and a finite number exceeds
 * 65504, the largest float16.
 * @see https://github.com/huggingface/safetensors#format
 */
export function writeSafetensors(
  { tensors, metadata }: Safetensors,
  options?: WriteOptions,
): Uint8Array {
  const given = givenOptions(options, { dtype: true }, "writeSafetensors");
  const dtype = checkChoice(given.dtype ?? "F32", "dtype", storedTypes);
  const { size, write } = storage[dtype];
  const header = new Map<string, unknown>();
  if (metadata.size > 0) header.set("__metadata__", Object.fromEntries(metadata));
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    if (name === "__metadata__" || !isCounts(shape) || values.length !== product(shape)) {
      throw new RangeError(
        `Cannot write "${name}": it has ${values.length} values of shape [${shape}], ` +
          `a shape of whole numbers for that many values, and a name other than "__metadata__", are needed`,
      );
    }
    if (dtype === "F16") checkFloat16(name, values);
    header.set(name, { dtype, shape, data_offsets: [end, end += size * values.length] });
  }
  // Not by assignment, which would lose a name such as "__proto__".
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  if (json.length > maxContentBytes) {
    throw new RangeError(
      `Cannot write safetensors: the header takes ${json.length} bytes, ` +
        `at most ${maxContentBytes} can be read again, fewer arrays or less text are needed`,
    );
  }
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(prefixBytes + headerBytes + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, prefixBytes, prefixBytes + headerBytes).set(json, prefixBytes);
  let at = prefixBytes + headerBytes;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      write(view, at, value);
      at += size;
    }
  }
  return bytes;
}

function checkFloat16(name: string, values: Float32Array): void {
  const at = values.findIndex((value) =>
    Number.isFinite(value) && !Number.isFinite(fromFloat16(toFloat16(value)))
  );
  if (at === -1) return;
  throw new RangeError(
    `Cannot write "${name}" as F16: value ${at} is ${values[at]}, ` +
      `at most ${largestFloat16} in magnitude is needed, or dtype "F32"`,
  );
}

/**
 * Reads a safetensors file of float32 or float16 arrays, and refuses a file that violates the
 * format: the arrays must cover the bytes after the header exactly once, without gap or overlap,
 * and no name may be repeated.
 *
 * @param bytes The bytes of the file; its header may have up to 3 MB without padding.
 * @returns The arrays, copied, and the metadata.
 * @throws {SyntaxError} If the file is truncated, its header is not valid, or an array is of
 * another type.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (arrayKind(bytes) !== "Uint8Array") {
    throw new TypeError(
      `Cannot read the weights: ${describeValue(bytes)} was given, the bytes of a file, ` +
        `a Uint8Array, are needed, such as new Uint8Array(await response.arrayBuffer())`,
    );
  }
  const { header, start } = parseHeader(bytes);
  const { __metadata__: metadata = {} } = header;
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, info]) => ({ name, ...checkInfo(name, info) }))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCover(entries, bytes.length - start);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const tensors = new Map(entries.map(({ name, dtype, shape, begin, end }) => {
    const { size, read } = storage[dtype];
    const values = new Float32Array((end - begin) / size);
    for (let i = 0; i < values.length; i++) values[i] = read(view, begin + size * i);
    return [name, { shape, values }];
  }));
  return { tensors, metadata: checkMetadata(metadata) };
}

function parseHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.length < prefixBytes) {
    throw invalid(`it has ${bytes.length} bytes, the length of its header alone takes 8`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getBigUint64(0, true);
  if (length > maxHeaderBytes || Number(length) > bytes.length - prefixBytes) {
    throw invalid(`its header should have ${length} bytes, the file has ${bytes.length} in all`);
  }
  const start = prefixBytes + Number(length);
  const header = parseJson(bytes.subarray(prefixBytes, start));
  if (!isRecord(header)) throw invalid("its header is not an object in JSON");
  return { header, start };
}

function parseJson(bytes: Uint8Array): unknown {
  // The format requires the very first byte to be "{"; only spaces may follow the object.
  if (bytes[0] !== 0x7b) throw invalid("its header does not begin with {");
  let end = bytes.length;
  while (bytes[end - 1] === 0x20) end--;
  if (end > maxContentBytes) {
    throw invalid(
      `its header has ${end} bytes beside padding, at most ${maxContentBytes} are read`,
    );
  }
  const text = decoded(bytes.subarray(0, end));
  const header = parsed(text);
  const name = repeatedName(text);
  if (name !== undefined) {
    throw invalid(`its header has the name ${quoted(name)} twice in an object`);
  }
  return header;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw invalid("its header is not JSON in UTF-8", cause);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw invalid("its header is not JSON in UTF-8", cause);
  }
}

interface Extent {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function checkInfo(name: string, info: unknown): Extent {
  if (!isRecord(info)) throw invalid(`${quoted(name)} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = info;
  if (!isStoredType(dtype)) {
    throw invalid(`${quoted(name)} is of type ${dtype}, ${storedTypes.join(" or ")} is needed`);
  }
  if (!isCounts(shape)) {
    throw invalid(`the shape of ${quoted(name)} is not a list of whole numbers`);
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw invalid(`the offsets of ${quoted(name)} are not two whole numbers`);
  }
  const [begin, end] = offsets;
  const needed = storage[dtype].size * product(shape);
  if (end - begin !== needed) {
    throw invalid(
      `${quoted(name)} takes ${end - begin} bytes, its shape [${shape}] needs ${needed}`,
    );
  }
  return { dtype, shape, begin, end };
}

function checkCover(entries: readonly (Extent & { name: string })[], length: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const problem = begin < covered ? "overlaps the array before it" : "leaves a gap before it";
      throw invalid(`${quoted(name)} ${problem}: it starts at ${begin}, ${covered} is needed`);
    }
    covered = end;
  }
  if (covered === length) return;
  throw invalid(`its arrays take ${covered} bytes, ${length} follow the header`);
}

function checkMetadata(metadata: unknown): Map<string, string> {
  if (!isRecord(metadata)) throw invalid("its metadata is not an object");
  const texts = Object.entries(metadata).map(([name, text]): [string, string] => {
    if (typeof text !== "string") throw invalid(`its metadata ${quoted(name)} is not a text`);
    return [name, text];
  });
  return new Map(texts);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStoredType(value: unknown): value is StoredType {
  return storedTypes.includes(value as StoredType);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** Quotes a name from a file for a message, on one line and shortened. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, axis) => size * axis, 1);
}

function invalid(problem: string, cause?: unknown): SyntaxError {
  return new SyntaxError(`Cannot read the weights as safetensors: ${problem}`, { cause });
}
