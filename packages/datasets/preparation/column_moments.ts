import {
  type HostMatrix,
  rowPieces,
  type Rows,
  safeExponent,
  timesPowerOfTwo,
} from "@mixtape/tensor-utils/host";

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
 * @param x Data, shape [n, d]; NaN stands for a missing entry.
 * @returns Numbers of values, means, variances and deviations, d numbers each.
 */
export function columnMoments(x: HostMatrix): ColumnMoments {
  const passes = new MomentPasses(x.shape[1]);
  passes.addToMeans(x.values);
  passes.addSquares(x.values);
  return passes.moments();
}

/**
 * Returns {@link columnMoments} of rows that are read in blocks, twice; the cuts make no difference.
 *
 * @param rows Checked rows.
 * @param signal Ends the reading.
 */
export async function columnMomentsOf(rows: Rows, signal?: AbortSignal): Promise<ColumnMoments> {
  const passes = new MomentPasses(rows.shape[1]);
  for await (const { x } of rowPieces(rows, signal)) passes.addToMeans(x.values);
  for await (const { x } of rowPieces(rows, signal)) passes.addSquares(x.values);
  return passes.moments();
}

/**
 * Moments in two passes over the rows, the second of which corrects the means: a sum of squares less
 * the square of a sum would lose all digits of columns far from 0.
 */
class MomentPasses {
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  readonly #largest: Float64Array;
  readonly #residues: Float64Array;
  readonly #squares: Float64Array;
  #exponents: readonly number[] | undefined;

  constructor(d: number) {
    this.#counts = new Float64Array(d);
    this.#means = new Float64Array(d);
    this.#largest = new Float64Array(d);
    this.#residues = new Float64Array(d);
    this.#squares = new Float64Array(d);
  }

  /** Takes rows into the first pass. */
  addToMeans(values: ArrayLike<number>): void {
    const [counts, means, largest] = [this.#counts, this.#means, this.#largest];
    const d = means.length;
    for (let i = 0; i < values.length; i += d) {
      for (let j = 0; j < d; j++) {
        const value = values[i + j];
        if (value !== value) continue;
        counts[j]++;
        // A running mean cannot overflow, as a sum can.
        means[j] += value / counts[j] - means[j] / counts[j];
        largest[j] = Math.max(largest[j], Math.abs(value));
      }
    }
  }

  /** Takes rows into the second pass, once all were in the first. */
  addSquares(values: ArrayLike<number>): void {
    const [means, residues, squares] = [this.#means, this.#residues, this.#squares];
    const d = means.length;
    const exponents = this.#scales();
    const isOrdinary = exponents.every((exponent) => exponent === 0);
    for (let i = 0; i < values.length; i += d) {
      for (let j = 0; j < d; j++) {
        let difference = values[i + j] - means[j];
        if (difference !== difference) continue;
        if (!isOrdinary) difference = timesPowerOfTwo(difference, exponents[j]);
        residues[j] += difference;
        squares[j] += difference * difference;
      }
    }
  }

  moments(): ColumnMoments {
    const [counts, residues] = [this.#counts, this.#residues];
    const exponents = this.#scales();
    const scaled = this.#squares.map((square, j) => {
      const residue = residues[j] / counts[j];
      return Math.max(0, square / counts[j] - residue * residue);
    });
    return {
      counts,
      means: this.#means.map((mean, j) =>
        mean + timesPowerOfTwo(residues[j] / counts[j], -exponents[j])
      ),
      variances: scaled.map((variance, j) => timesPowerOfTwo(variance, -2 * exponents[j])),
      deviations: scaled.map((variance, j) => timesPowerOfTwo(Math.sqrt(variance), -exponents[j])),
    };
  }

  /** Squares of very large or small numbers leave float64; a power of two in between rounds nothing. */
  #scales(): readonly number[] {
    return this.#exponents ??= Array.from(this.#largest, (most) => safeExponent(most));
  }
}
