import type { HostMatrix, MatrixValues } from "@mixtape/operations";
import { addressIn } from "../memory/place_values.ts";
import type { Regions } from "../memory/regions.ts";

/** Rows of a matrix, as kernels read them. */
export interface RowsInMemory {
  /** Number by which kernels know the kind of the values: 0 for float32, 1 for float64, 2 for bytes. */
  readonly kind: number;
  /** Returns the address of the rows from `start` to `end`, good until the next call. */
  readonly at: (start: number, end: number) => number;
}

/**
 * Opens rows where they lie, if that is in the memory; all others are copied, at most `most` at a time.
 *
 * @param x The rows, which do not change.
 */
export function rowsInMemory(
  regions: Regions,
  { values, shape: [, d] }: HostMatrix,
  most: number,
): RowsInMemory {
  const { memory } = regions;
  const bytes = values.BYTES_PER_ELEMENT * d;
  const kind = kindOf(values);
  const placed = addressIn(memory, values, 0);
  if (placed !== undefined) return { kind, at: (start) => placed + start * bytes };
  const copied = regions.allocate(bytes * most);
  const at = (start: number, end: number) => {
    const { buffer, byteOffset, byteLength } = values.subarray(start * d, end * d);
    memory.uint8(copied, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
    return copied;
  };
  return { kind, at };
}

/** Returns the number by which kernels know a kind of array. */
export function kindOf({ BYTES_PER_ELEMENT: bytes }: MatrixValues): number {
  if (bytes === 1) return 2;
  return bytes === 8 ? 1 : 0;
}
