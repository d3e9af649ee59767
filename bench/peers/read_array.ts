import type { HostMatrix } from "@mixtape/tensor-utils";
import { decodeNpy, type NpyArray } from "../core/npy.ts";

const kept = new Map<string, NpyArray>();

/**
 * Reads the file of an array once; later calls return the same array, so that no run pays for reading.
 *
 * @param path The `.npy` file.
 * @returns The array.
 */
export function readArray(path: string): NpyArray {
  const found = kept.get(path);
  if (found) return found;
  const array = decodeNpy(Deno.readFileSync(path));
  kept.set(path, array);
  return array;
}

/**
 * Reads the file of a matrix once.
 *
 * @param path The `.npy` file.
 * @returns The matrix.
 * @throws {TypeError} If the file holds something else.
 */
export function readMatrix(path: string): HostMatrix {
  const { values, shape: [rows, columns, ...more] } = readArray(path);
  if (values instanceof Int32Array || values instanceof Uint32Array || more.length > 0) {
    throw new TypeError(`Cannot use ${path}: a matrix of data is needed`);
  }
  return { values, shape: [rows, columns] };
}
