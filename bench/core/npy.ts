/** The typed arrays that `.npy` files can hold here. */
export type NpyValues = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** An array with its shape, the last dimension contiguous. */
export interface NpyArray<Values extends NpyValues = NpyValues> {
  /** The elements in row-major order. */
  readonly values: Values;
  /** The size in each dimension. */
  readonly shape: readonly number[];
}

const kinds = [
  { descriptor: "|u1", type: Uint8Array },
  { descriptor: "<i4", type: Int32Array },
  { descriptor: "<u4", type: Uint32Array },
  { descriptor: "<f4", type: Float32Array },
  { descriptor: "<f8", type: Float64Array },
] as const;

const magic = "\x93NUMPY\x01\x00";

/**
 * Encodes an array as NumPy's `.npy`, which every peer can read without parsing text.
 *
 * @param array The array.
 * @returns The bytes of the file.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy({ values, shape }: NpyArray): Uint8Array<ArrayBuffer> {
  const { descriptor } = kinds.find(({ type }) => values instanceof type)!;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Data begin at a multiple of 64, so that they can be viewed in place.
  const length = Math.ceil((magic.length + 2 + text.length + 1) / 64) * 64;
  const header = text.padEnd(length - magic.length - 3) + "\n";
  const bytes = new Uint8Array(length + values.byteLength);
  for (let i = 0; i < magic.length; i++) bytes[i] = magic.charCodeAt(i);
  new DataView(bytes.buffer).setUint16(magic.length, header.length, true);
  bytes.set(new TextEncoder().encode(header), magic.length + 2);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), length);
  return bytes;
}

/**
 * Decodes an `.npy` file; the values are a view of its bytes.
 *
 * @param bytes The file.
 * @returns The array.
 * @throws {SyntaxError} If the bytes are not an `.npy` file, or one of a type or order that is not supported here.
 */
export function decodeNpy(bytes: Uint8Array<ArrayBuffer>): NpyArray {
  const start = String.fromCharCode(...bytes.subarray(0, magic.length));
  if (start !== magic) {
    throw new SyntaxError("Cannot read the array: it does not begin as version 1 of .npy does");
  }
  const headerEnd = magic.length + 2 +
    new DataView(bytes.buffer, bytes.byteOffset).getUint16(magic.length, true);
  const header = new TextDecoder().decode(bytes.subarray(magic.length + 2, headerEnd));
  const descriptor = /'descr': '([^']*)'/.exec(header)?.[1];
  const kind = kinds.find((kind) => kind.descriptor === descriptor);
  const tuple = /'shape': \(([^)]*)\)/.exec(header)?.[1];
  if (!kind || tuple === undefined || /'fortran_order': True/.test(header)) {
    throw new SyntaxError(`Cannot read the array: its header is ${header.trim()}`);
  }
  const shape = tuple.split(",").filter((size) => size.trim() !== "").map(Number);
  const count = shape.reduce((a, b) => a * b, 1);
  if (bytes.length - headerEnd !== count * kind.type.BYTES_PER_ELEMENT) {
    throw new SyntaxError(
      `Cannot read the array: ${bytes.length - headerEnd} bytes follow its header, ` +
        `${count * kind.type.BYTES_PER_ELEMENT} are needed for the shape [${shape}]`,
    );
  }
  return { values: new kind.type(bytes.buffer, bytes.byteOffset + headerEnd, count), shape };
}
