import type { Inputs } from "../inputs.ts";
import { readArray } from "../peers/read_array.ts";
import { basename } from "node:path";

/**
 * Writes the first rows of data, as a start that needs no randomness.
 *
 * @param inputs The data and the folder for the file.
 * @param x The file of the data.
 * @param k Number of rows.
 * @returns The file of the start.
 */
export async function firstRows(inputs: Inputs, x: string, k: number): Promise<string> {
  const { values, shape: [, d] } = readArray(x);
  const name = `${basename(x, ".npy")}-first-${k}.npy`;
  return await inputs.write(name, {
    values: Float32Array.from(values.subarray(0, k * d)),
    shape: [k, d],
  });
}
