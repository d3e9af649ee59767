import { readMatrix } from "./read_array.ts";

const kept = new Map<string, number[][]>();

/**
 * Returns the rows of a matrix as arrays of numbers, as the libraries on npm take them; made once.
 *
 * @param path The `.npy` file.
 * @returns One array per row.
 */
export function rowsOf(path: string): number[][] {
  const found = kept.get(path);
  if (found) return found;
  const { values, shape: [n, d] } = readMatrix(path);
  const rows = Array.from({ length: n }, (_, i) => [...values.subarray(i * d, (i + 1) * d)]);
  kept.set(path, rows);
  return rows;
}
