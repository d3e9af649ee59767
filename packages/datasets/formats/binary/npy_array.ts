import { fromFloat16 } from "@mixtape/tensor-utils/host";

/** An array in the format of NumPy. */
export interface NpyArray {
  /** Sizes of its dimensions. */
  readonly shape: readonly number[];
  /** Type of its values, such as `<f8`. */
  readonly dtype: string;
  /** True if the first dimension varies fastest. */
  readonly isFortran: boolean;
  /** Number of bytes before the values. */
  readonly offset: number;
  /** Number of bytes per value. */
  readonly itemBytes: number;
}

/** Number of bytes that hold a header of any usual array. */
export const NPY_HEAD_BYTES = 2 ** 16;

/**
 * Reads the header of an NPY file.
 *
 * @param head The first bytes of the file.
 * @param name Name of the file in error messages.
 * @throws {SyntaxError} If it is no NPY header.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(head: Uint8Array, name: string): NpyArray {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isNpy = head.length >= 12 && head[0] === 0x93 &&
    String.fromCharCode(...head.subarray(1, 6)) === "NUMPY";
  const start = head[6] === 1 ? 10 : 12;
  const length = !isNpy ? 0 : head[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const text = new TextDecoder().decode(head.subarray(start, start + length));
  const dtype = /'descr':\s*'([^']+)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  if (!isNpy || order === undefined || shape === undefined) {
    throw new SyntaxError(
      `Cannot read ${name}: its header is damaged, an NPY file begins with \\x93NUMPY and its shape`,
    );
  }
  if (dtype === undefined) {
    throw new SyntaxError(`Cannot read ${name}: it holds records, an array of numbers is needed`);
  }
  return {
    shape: shape.split(",").map((size) => size.trim()).filter((size) => size !== "").map(Number),
    dtype,
    isFortran: order === "True",
    offset: start + length,
    itemBytes: Number(/\d+$/.exec(dtype)?.[0] ?? NaN) * (/U\d+$/.test(dtype) ? 4 : 1),
  };
}

/** Types of numbers, by the code of NumPy. */
const readers: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  b1: (view, at) => view.getUint8(at),
  u1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u8: (view, at, little) => exact(view.getBigUint64(at, little)),
  i8: (view, at, little) => exact(view.getBigInt64(at, little)),
  f2: (view, at, little) => fromFloat16(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

const arrays = { u1: Uint8Array, f4: Float32Array, f8: Float64Array } as const;

/** Codes of numbers that float32 holds exactly. */
const singles = new Set(["b1", "i1", "u2", "i2", "f2", "f4"]);

/**
 * Reads values of an NPY file.
 *
 * @param bytes Their bytes.
 * @param array The header.
 * @param name Name of the file in error messages.
 * @param lent Memory that the bytes may be in, and the values may stay in.
 * @throws {SyntaxError} If they are no numbers.
 */
export function npyNumbers(
  bytes: Uint8Array,
  { dtype, itemBytes }: NpyArray,
  name: string,
  lent?: Uint8Array,
): Float64Array | Float32Array | Uint8Array {
  const code = dtype.slice(1);
  const read = readers[code];
  if (read === undefined) {
    throw new SyntaxError(
      `Cannot read ${name}: its values are of the type ${dtype}, ` +
        `whole numbers, floats of up to 64 bits or booleans are needed`,
    );
  }
  const count = Math.floor(bytes.length / itemBytes);
  if (code in arrays && dtype[0] !== ">") {
    const type = arrays[code as keyof typeof arrays];
    // Read for this alone, and thus aligned. Otherwise a copy is, whatever the length of the header.
    if (bytes.buffer === lent?.buffer || bytes.buffer.byteLength === count * itemBytes) {
      return new type(bytes.buffer as ArrayBuffer, bytes.byteOffset, count);
    }
    return new type(bytes.slice(0, count * itemBytes).buffer);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = singles.has(code) ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, i * itemBytes, dtype[0] !== ">");
  return values;
}

/** Returns the number of rows and columns of an array of any number of dimensions. */
export function matrixShape([n = 1, ...rest]: readonly number[]): [n: number, d: number] {
  return [n, rest.reduce((size, count) => size * count, 1)];
}

/**
 * Brings the values of an array into the order of its rows.
 *
 * @param values As many as the shape has places, as they are stored.
 * @param array The header.
 * @param name Name of the file in error messages.
 * @returns The values themselves if they are in that order, otherwise a copy.
 * @throws {SyntaxError} If they are in Fortran order, in more than two dimensions.
 */
export function byRows<T extends Float64Array | Float32Array | Uint8Array>(
  values: T,
  { shape, isFortran }: NpyArray,
  name: string,
): T {
  const [n, d] = matrixShape(shape);
  if (!isFortran || d === 1) return values;
  if (shape.length > 2) {
    throw new SyntaxError(
      `Cannot read ${name}: it has ${shape.length} dimensions in Fortran order, ` +
        `save it in C order (numpy.ascontiguousarray)`,
    );
  }
  const ordered = values.slice() as T;
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) ordered[i * d + j] = values[j * n + i];
  return ordered;
}

/** Reads the strings of an NPY file; undefined if it holds none. */
export function npyStrings(
  bytes: Uint8Array,
  { dtype, itemBytes }: NpyArray,
): string[] | undefined {
  const isBytes = /^\|?S\d+$/.test(dtype);
  if (!isBytes && !/^[<>]U\d+$/.test(dtype)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = isBytes ? 1 : 4;
  return Array.from({ length: Math.floor(bytes.length / itemBytes) }, (_, i) => {
    let text = "";
    for (let at = i * itemBytes; at < (i + 1) * itemBytes; at += step) {
      text += String.fromCodePoint(isBytes ? bytes[at] : view.getUint32(at, dtype[0] === "<"));
    }
    return text.replace(/\0+$/, "");
  });
}

/** Whole numbers that float64 does not hold become infinite, which is refused with their place. */
function exact(value: bigint): number {
  return Number.isSafeInteger(Number(value)) ? Number(value) : Infinity;
}
