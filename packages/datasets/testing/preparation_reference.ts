import { readFile } from "node:fs/promises";
import type { ValuesMatrix } from "@mixtape/tensor-utils";

interface Reference {
  readonly x: number[];
  readonly new: number[];
  readonly scales: number[];
}

interface Components extends Reference {
  readonly components: number[];
  readonly variances: number[];
  readonly shares: number[];
  readonly restored: number[];
}

/** Results of scikit-learn for a matrix of 30 × 5 with an offset of 1e6 and a constant column. */
export const reference = JSON.parse(
  await readFile(new URL("../fixtures/preparation.json", import.meta.url), "utf8"),
  (_, value) => value === null ? NaN : value,
) as
  & Record<"x" | "gaps" | "new" | "mean" | "median" | "constant", number[]>
  & Record<"standard" | "robust", Reference>
  & Record<"pca" | "whitened", Components>;

/** Returns numbers as a matrix of 5 columns. */
export function matrix(values: number[]): ValuesMatrix {
  return { values, shape: [values.length / 5, 5] };
}
