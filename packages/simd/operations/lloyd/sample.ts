import type { HostMatrix, MatrixValues } from "@mixtape/operations";

/** Largest number of rows to sample, and the share of few rows that is: a look at each costs as much as a step. */
const SAMPLE = 1024;
const SHARE = 1 / 4;
/** Number of rows up to which all are sampled. */
const FEW = 64;
/** Number of values from which mean and density are those of fewer rows, 64 or more: others wait meanwhile. */
const MANY = 2 ** 18;

/**
 * Statistics of evenly spaced rows of a matrix: enough to choose its representation, never exact.
 */
export interface Sample {
  readonly rows: Uint32Array;
  /** Their mean, by column; of wide rows, that of some. */
  readonly mean: Float64Array;
  /** Root of their mean squared distance to the mean. */
  readonly spread: number;
  /** Share of values that are not 0. */
  readonly density: number;
}

/** Samples evenly spaced rows of a matrix. */
export function takeSample(values: MatrixValues, n: number, d: number): Sample {
  const count = Math.min(n, SAMPLE, Math.max(FEW, Math.ceil(SHARE * n)));
  const rows = new Uint32Array(count);
  const mean = new Float64Array(d);
  const step = Math.max(1, Math.min(Math.ceil(count * d / MANY), Math.floor(count / FEW)));
  let nonzero = 0;
  for (let q = 0; q < count; q++) rows[q] = Math.floor(q * n / count);
  for (let q = 0; q < count; q += step) {
    for (let p = 0, at = rows[q] * d; p < d; p++, at++) {
      const value = values[at];
      mean[p] += value;
      if (value !== 0) nonzero++;
    }
  }
  const looked = Math.ceil(count / step);
  for (let p = 0; p < d; p++) mean[p] /= looked;
  let squares = 0;
  for (let q = 0; q < count; q += 16) {
    for (let p = 0, at = rows[q] * d; p < d; p++, at++) {
      const difference = values[at] - mean[p];
      squares += difference * difference;
    }
  }
  const spread = Math.sqrt(squares / Math.ceil(count / 16));
  return { rows, mean, spread, density: nonzero / (looked * d) };
}

/** Returns a power of two, so that scaling rounds nothing, which takes the spread of rows to about 1. */
export function scaleOf({ spread }: Sample): number {
  const usable = spread > 1e-300 && spread < 1e300;
  return usable ? 2 ** -Math.round(Math.log2(spread)) : 1;
}

/** Returns the mean of sampled rows, of numbers that float32 holds; 0 where it exceeds float32. */
export function meanOf({ mean }: Sample): Float64Array {
  const narrow = Float64Array.from(mean, Math.fround);
  return narrow.every(Number.isFinite) ? narrow : new Float64Array(mean.length);
}

/** Returns true if float32 products of the rows as given are accurate. */
export function isPlain(x: HostMatrix, { spread }: Sample, meanLength: number): boolean {
  const wide = x.values instanceof Float64Array;
  return !wide && spread > 1e-9 && spread < 1e9 && meanLength < 64 * spread;
}
