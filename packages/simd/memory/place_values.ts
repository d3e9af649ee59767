import type { MatrixValues } from "@mixtape/operations";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import type { WasmMemory } from "./wasm_memory.ts";

/** Number of values that are copied between two looks at the clock: some milliseconds. */
const PIECE = 2 ** 20;

/** Copies values to an address, float64 as they are and others as float32. */
export function placeValues(memory: WasmMemory, values: MatrixValues, address: number): void {
  const wide = values.BYTES_PER_ELEMENT === 8;
  const { length } = values;
  (wide ? memory.float64(address, length) : memory.float32(address, length)).set(values);
}

/** Copies values as {@linkcode placeValues} does; the event loop can turn meanwhile. */
export function* placeInPieces(
  { memory, turns }: SimdRuntime,
  values: MatrixValues,
  address: number,
): Work<void> {
  const bytes = Math.max(4, values.BYTES_PER_ELEMENT);
  for (let start = 0; start < values.length; start += PIECE) {
    placeValues(memory, values.subarray(start, start + PIECE), address + bytes * start);
    if (values.length > PIECE) yield* turns.offer();
  }
}

/** Fills bytes with zeros; the event loop can turn meanwhile. */
export function* clearInPieces(
  { memory, turns }: SimdRuntime,
  address: number,
  bytes: number,
): Work<void> {
  const piece = 4 * PIECE;
  for (let start = 0; start < bytes; start += piece) {
    memory.uint8(address + start, Math.min(piece, bytes - start)).fill(0);
    if (bytes > piece) yield* turns.offer();
  }
}

/** Copies numbers from an address; the event loop can turn meanwhile. */
export function* takeInPieces(
  { memory, turns }: SimdRuntime,
  address: number,
  values: Float32Array | Float64Array | Int32Array,
): Work<void> {
  const { length, BYTES_PER_ELEMENT: bytes } = values;
  const to = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let start = 0; start < length; start += PIECE) {
    const count = Math.min(PIECE, length - start);
    to.set(memory.uint8(address + bytes * start, bytes * count), bytes * start);
    if (length > PIECE) yield* turns.offer();
  }
}

/**
 * Returns the address of numbers that lie in the memory, if so many bytes follow them there; undefined for
 * all others.
 */
export function addressIn(
  memory: WasmMemory,
  { buffer, byteOffset, byteLength }: MatrixValues,
  bytesAfter: number,
): number | undefined {
  const end = byteOffset + byteLength + bytesAfter;
  return memory.owns(buffer) && end <= memory.buffer.byteLength ? byteOffset : undefined;
}
