import { readMatrix } from "./read_array.ts";

const kept = new Map<string, number[][]>();

/**
 * The rows of a matrix as arrays of numbers, which is what the libraries on npm take; made once.
 *
 * @param path The `.npy` file.
 * @returns An array a row.
 */
export function rowsOf(path: string): number[][] {
  const found = kept.get(path);
  if (found) return found;
  const { values, shape: [n, d] } = readMatrix(path);
  const rows = Array.from({ length: n }, (_, i) => [...values.subarray(i * d, (i + 1) * d)]);
  kept.set(path, rows);
  return rows;
}
