import { arrayKind, fromBase64, fromJSONNumber, jsonNumber, toBase64 } from "@mixtape/tensor-utils";

/** Plain data as JSON holds it; a typed array is `{ type, base64 }`, −0 is `"-0"`. */
export type EncodedState =
  | null
  | boolean
  | number
  | string
  | readonly EncodedState[]
  | { readonly [key: string]: EncodedState };

const arrayTypes = { Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array };
type ArrayType = keyof typeof arrayTypes;

/**
 * Converts numbers, strings, typed arrays, models, and arrays and objects of them into values that
 * JSON can hold, without loss.
 */
export function encodeState(value: unknown): EncodedState {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return jsonNumber(value);
  const kind = arrayKind(value);
  if (ArrayBuffer.isView(value) && kind !== undefined && kind in arrayTypes) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { type: kind, base64: toBase64(bytes) };
  }
  if (Array.isArray(value)) return value.map(encodeState);
  if (typeof value === "object") {
    if ("toJSON" in value && typeof value.toJSON === "function") return value.toJSON();
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(entries.map(([key, part]) => [key, encodeState(part)]));
  }
  throw new TypeError(`Cannot serialise a detector: ${String(value)} is not plain data`);
}

/**
 * Reads the output of {@link encodeState}.
 *
 * @param value The JSON.
 * @param path Path of the value in error messages.
 * @throws {SyntaxError} If a typed array does not parse; the message names it.
 */
export function decodeState(value: EncodedState, path: string): unknown {
  if (value === null || typeof value !== "object") return fromJSONNumber(value);
  if (Array.isArray(value)) {
    return value.map((part, i) =>
      // The path of a number takes longer to make than the number to read.
      typeof part === "object" ? decodeState(part, `${path}[${i}]`) : fromJSONNumber(part)
    );
  }
  const record = value as { readonly [key: string]: EncodedState };
  if (typeof record.base64 === "string" && typeof record.type === "string") {
    return typedArray(record.type, record.base64, path);
  }
  const entries = Object.entries(record);
  return Object.fromEntries(
    entries.map(([key, part]) => [key, decodeState(part, `${path}.${key}`)]),
  );
}

function typedArray(type: string, base64: string, path: string): ArrayBufferView {
  if (!Object.hasOwn(arrayTypes, type)) {
    throw new SyntaxError(
      `Cannot read a detector: ${type} is not an array type for ${path}, one of ${
        Object.keys(arrayTypes).join(", ")
      } is needed`,
    );
  }
  const Type = arrayTypes[type as ArrayType];
  const bytes = readBase64(base64, path);
  if (bytes.length % Type.BYTES_PER_ELEMENT !== 0) {
    throw new SyntaxError(
      `Cannot read a detector: ${path} has ${bytes.length} bytes, not whole elements of a ${type}`,
    );
  }
  return new Type(bytes.buffer);
}

function readBase64(base64: string, path: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(base64);
  } catch (cause) {
    throw new SyntaxError(`Cannot read a detector: the base64 text of ${path} is damaged`, {
      cause,
    });
  }
}
