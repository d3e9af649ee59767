import { type HostMatrix, safeExponent, timesPowerOfTwo } from "@mixtape/tensor-utils/host";

/** Mean, variance and standard deviation of each column, over its values that are not missing. */
export interface ColumnMoments {
  /** Number of values. */
  readonly counts: Float64Array;
  /** Means; NaN for a column without values. */
  readonly means: Float64Array;
  /**
   * Variances, divided by the number of values; NaN for a column without values, 0 or Infinity where
   * float64 holds no such square.
   */
  readonly variances: Float64Array;
  /** Standard deviations: the roots of the variances, also where float64 does not hold these. */
  readonly deviations: Float64Array;
}

/**
 * Returns mean, variance and standard deviation of each column in float64; NaN entries are missing.
 *
 * In two passes, the second of which corrects the mean: a sum of squares less the square of a sum
 * would lose all digits of columns far from 0.
 *
 * @param x Data, shape [n, d]; NaN stands for a missing entry.
 * @returns Numbers of values, means, variances and deviations, d numbers each.
 */
export function columnMoments({ values, shape: [n, d] }: HostMatrix): ColumnMoments {
  const counts = new Float64Array(d);
  const means = new Float64Array(d);
  const largest = new Float64Array(d);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) {
      const value = values[i + j];
      if (value !== value) continue;
      counts[j]++;
      // A running mean cannot overflow, as a sum can.
      means[j] += value / counts[j] - means[j] / counts[j];
      largest[j] = Math.max(largest[j], Math.abs(value));
    }
  }
  // Squares of very large or small numbers leave float64; a power of two in between rounds nothing.
  const exponents = Array.from(largest, (most) => safeExponent(most));
  const isOrdinary = exponents.every((exponent) => exponent === 0);
  const residues = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) {
      let difference = values[i + j] - means[j];
      if (difference !== difference) continue;
      if (!isOrdinary) difference = timesPowerOfTwo(difference, exponents[j]);
      residues[j] += difference;
      squares[j] += difference * difference;
    }
  }
  const scaled = squares.map((square, j) => {
    const residue = residues[j] / counts[j];
    return Math.max(0, square / counts[j] - residue * residue);
  });
  return {
    counts,
    means: means.map((mean, j) => mean + timesPowerOfTwo(residues[j] / counts[j], -exponents[j])),
    variances: scaled.map((variance, j) => timesPowerOfTwo(variance, -2 * exponents[j])),
    deviations: scaled.map((variance, j) => timesPowerOfTwo(Math.sqrt(variance), -exponents[j])),
  };
}
