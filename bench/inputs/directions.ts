import { random } from "@mixtape/tensor-utils";
import type { Inputs } from "../inputs.ts";

/** Writes rows of length 1, all directions equally likely; returns the path of the file. */
export async function directions(
  inputs: Inputs,
  n: number,
  d: number,
  stream: number,
): Promise<string> {
  const source = random(0).split(stream);
  const values = Float32Array.from({ length: n * d }, () => source.normal());
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * d, (i + 1) * d);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    row.forEach((value, j) => row[j] = value / length);
  }
  return await inputs.write(`directions-${n}-${d}-${stream}.npy`, { values, shape: [n, d] });
}
