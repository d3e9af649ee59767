import { columnMoments } from "@mixtape/datasets/preparation";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { ColumnSpread, ColumnSummary, Quartiles } from "../result.ts";

/** Statistics of every column, d numbers each. */
export interface ColumnStatistics {
  /** Numbers of cells that have a value. */
  readonly counts: Float64Array;
  /** Smallest values. */
  readonly min: Float64Array;
  /** Largest values. */
  readonly max: Float64Array;
  /** Means. */
  readonly means: Float64Array;
  /** Standard deviations, divided by the number of values. */
  readonly deviations: Float64Array;
}

/**
 * Computes statistics of every column, over the cells that have a value.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one.
 */
export function columnStatistics(x: HostMatrix): ColumnStatistics {
  const { values, shape: [n, d] } = x;
  const { counts, means, deviations } = columnMoments(x);
  const min = new Float64Array(d).fill(Infinity);
  const max = new Float64Array(d).fill(-Infinity);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) {
      const value = values[i + j];
      if (value < min[j]) min[j] = value;
      if (value > max[j]) max[j] = value;
    }
  }
  return { counts, min, max, means, deviations };
}

/**
 * Summarises one column.
 *
 * @param x Cells, shape [n, d].
 * @param j Index of the column.
 * @param name Its name.
 * @param statistics Statistics of all columns.
 * @param bins Number of bins of the histogram.
 */
export function summariseColumn(
  { values, shape: [n, d] }: HostMatrix,
  j: number,
  name: string,
  { counts, min, max, means, deviations }: ColumnStatistics,
  bins: number,
): ColumnSummary {
  const histogram = new Array<number>(bins).fill(0);
  const distinct = new Set<number>();
  // Halves of two numbers differ by a number that float64 holds, whatever they are.
  const width = max[j] / 2 - min[j] / 2;
  for (let i = j; i < n * d; i += d) {
    const value = values[i];
    if (value !== value) continue;
    distinct.add(value);
    const place = width === 0 ? 0 : (value / 2 - min[j] / 2) / width;
    histogram[Math.min(bins - 1, Math.floor(place * bins))]++;
  }
  return {
    name,
    missing: n - counts[j],
    distinct: distinct.size,
    min: min[j],
    max: max[j],
    mean: means[j],
    deviation: deviations[j],
    histogram,
  };
}

/**
 * Summarises many columns by the quartiles of their statistics.
 *
 * @param statistics Statistics of all columns.
 * @param rows Number of rows.
 */
export function spreadOfColumns(
  { counts, means, deviations }: ColumnStatistics,
  rows: number,
): ColumnSpread {
  return {
    missing: quartilesOf(counts.map((count) => 1 - count / rows)),
    mean: quartilesOf(means),
    deviation: quartilesOf(deviations),
  };
}

function quartilesOf(values: Float64Array): Quartiles {
  const sorted = values.toSorted();
  // The nearest of the sorted values, so that each number is one of a column.
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { least: at(0), lower: at(0.25), middle: at(0.5), upper: at(0.75), most: at(1) };
}
