import type { HostMatrix } from "@mixtape/tensor-utils/host";

/** Mean and variance of each column, over its values that are not missing. */
export interface ColumnMoments {
  /** Number of values. */
  readonly counts: Float64Array;
  /** Means; NaN for a column without values. */
  readonly means: Float64Array;
  /** Variances, divided by the number of values; NaN for a column without values. */
  readonly variances: Float64Array;
}

/**
 * Returns mean and variance of each column in float64; NaN entries are missing.
 *
 * In two passes, the second of which corrects the mean: a sum of squares less the square of a sum
 * would lose all digits of columns far from 0.
 */
export function columnMoments({ values, shape: [n, d] }: HostMatrix): ColumnMoments {
  const counts = new Float64Array(d);
  const means = new Float64Array(d);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) {
      const value = values[i + j];
      if (value !== value) continue;
      counts[j]++;
      // A running mean cannot overflow, as a sum can.
      means[j] += value / counts[j] - means[j] / counts[j];
    }
  }
  const residues = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) {
      const difference = values[i + j] - means[j];
      if (difference !== difference) continue;
      residues[j] += difference;
      squares[j] += difference * difference;
    }
  }
  const variances = squares.map((square, j) => {
    const residue = residues[j] / counts[j];
    return Math.max(0, square / counts[j] - residue * residue);
  });
  return {
    counts,
    means: means.map((mean, j) => mean + residues[j] / counts[j]),
    variances,
  };
}
