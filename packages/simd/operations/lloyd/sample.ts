import type { MatrixValues } from "@mixtape/operations";

/** Largest number of rows to sample. */
const SAMPLE = 1024;

/**
 * Statistics of evenly spaced rows of a matrix: enough to choose its representation, never exact.
 */
export interface Sample {
  readonly rows: Uint32Array;
  /** Their mean, by column. */
  readonly mean: Float64Array;
  /** Root of their mean squared distance to the mean. */
  readonly spread: number;
  /** Share of values that are not 0. */
  readonly density: number;
}

/** Samples evenly spaced rows of a matrix. */
export function takeSample(values: MatrixValues, n: number, d: number): Sample {
  const count = Math.min(n, SAMPLE);
  const rows = new Uint32Array(count);
  const mean = new Float64Array(d);
  let nonzero = 0;
  for (let q = 0; q < count; q++) {
    const i = rows[q] = Math.floor(q * n / count);
    for (let p = 0, at = i * d; p < d; p++, at++) {
      const value = values[at];
      mean[p] += value;
      if (value !== 0) nonzero++;
    }
  }
  for (let p = 0; p < d; p++) mean[p] /= count;
  let squares = 0;
  for (let q = 0; q < count; q += 16) {
    for (let p = 0, at = rows[q] * d; p < d; p++, at++) {
      const difference = values[at] - mean[p];
      squares += difference * difference;
    }
  }
  const spread = Math.sqrt(squares / Math.ceil(count / 16));
  return { rows, mean, spread, density: nonzero / (count * d) };
}
