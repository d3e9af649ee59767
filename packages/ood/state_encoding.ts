/** Plain data as JSON holds it; a typed array is `{ type, base64 }`. */
export type EncodedState =
  | null
  | boolean
  | number
  | string
  | readonly EncodedState[]
  | { readonly [key: string]: EncodedState };

const arrayTypes = { Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array };
type ArrayType = keyof typeof arrayTypes;

/** Turns numbers, strings, typed arrays, arrays and objects of them into what JSON can hold, without loss. */
export function encodeState(value: unknown): EncodedState {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (ArrayBuffer.isView(value) && value.constructor.name in arrayTypes) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { type: value.constructor.name, base64: toBase64(bytes) };
  }
  if (Array.isArray(value)) return value.map(encodeState);
  if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(entries.map(([key, part]) => [key, encodeState(part)]));
  }
  throw new TypeError(`Cannot serialise a detector: ${String(value)} is not plain data`);
}

/** Reads back what {@link encodeState} wrote. */
export function decodeState(value: EncodedState): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decodeState);
  const record = value as { readonly [key: string]: EncodedState };
  if (typeof record.base64 === "string" && typeof record.type === "string") {
    return typedArray(record.type, record.base64);
  }
  return Object.fromEntries(Object.entries(record).map(([key, part]) => [key, decodeState(part)]));
}

function typedArray(type: string, base64: string): ArrayBufferView {
  if (!Object.hasOwn(arrayTypes, type)) {
    throw new SyntaxError(
      `Cannot restore a detector: ${type} is no type of array, one of ${
        Object.keys(arrayTypes).join(", ")
      } is needed`,
    );
  }
  const Type = arrayTypes[type as ArrayType];
  const bytes = fromBase64(base64);
  if (bytes.length % Type.BYTES_PER_ELEMENT !== 0) {
    throw new SyntaxError(
      `Cannot restore a detector: ${bytes.length} bytes are not whole elements of a ${type}`,
    );
  }
  return new Type(bytes.buffer);
}

function toBase64(bytes: Uint8Array): string {
  const CHUNK = 0x8000;
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(text);
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  let text: string;
  try {
    text = atob(base64);
  } catch (cause) {
    throw new SyntaxError("Cannot restore a detector: its base64 text is damaged", { cause });
  }
  // A loop, because Uint8Array.from walks the text by code points, ten times as slowly.
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
