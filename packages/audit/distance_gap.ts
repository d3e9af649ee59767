/** Number of nearest rows after which a gap is looked for. */
export const LONGEST_GAP = 5;

/** Least number of distances that a test takes. */
export const LEAST_NEIGHBORS = 11;

/** Outcome of a {@link gapTest}. */
export interface GapTest {
  /** Probability of a gap as large, for rows that are spread evenly. */
  readonly pValue: number;
  /** Number of rows before the largest gap. */
  readonly before: number;
}

/**
 * Tests if there is a gap after one of the first distances to the nearest rows. For rows spread
 * evenly in m dimensions, m · log(r / r_j) are the times of a Poisson process, seen from the last
 * distance r, so that j · log(r_{j+1} / r_j) are independent and exponential with mean 1/m (Rényi).
 * The ratio of one of the first five to the mean of those after them then has an F-distribution,
 * whatever m is; the smallest of the p-values is multiplied by five. Rows may lie on curves that
 * have more dimensions from afar, so that it is too small: the p-value is at least that of an
 * exponential spacing of the usual mean. One of the two holds, whichever mean is the larger.
 *
 * @param distances Distances to the nearest rows, ascending and above 0, at least 11.
 * @param usual Usual mean of a spacing, at least 0.
 * @see Rényi (1953), https://doi.org/10.1007/BF02127580
 */
export function gapTest(distances: readonly number[], usual: number): GapTest {
  const spacings = spacingsOf(distances);
  const others = spacings.slice(LONGEST_GAP);
  const sum = others.reduce((total, spacing) => total + spacing, 0);
  const first = spacings.slice(0, LONGEST_GAP);
  const largest = Math.max(...first);
  const before = first.indexOf(largest) + 1;
  // Rows at one distance, as on a grid, give no measure of gaps.
  if (sum === 0) return { pValue: 1, before };
  const local = Math.exp(-others.length * Math.log1p(largest / sum));
  const global = usual === 0 ? 0 : Math.exp(-largest / usual);
  return { pValue: Math.min(1, LONGEST_GAP * Math.max(local, global)), before };
}

/** Returns j · log(r_{j+1} / r_j) for each of the ascending distances but the last. */
export function spacingsOf(distances: readonly number[]): number[] {
  return distances.slice(1).map((far, j) =>
    // Differences so small that their squares vanish leave distances of 0.
    far === distances[j] ? 0 : (j + 1) * Math.log(far / distances[j])
  );
}
