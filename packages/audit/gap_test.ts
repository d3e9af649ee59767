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
 * whatever m is; the smallest of the p-values is multiplied by five. If the usual spacing is larger
 * than that mean, it takes its place, which makes the test stricter: rows may lie on curves that
 * have more dimensions from afar.
 *
 * @param distances Distances to the nearest rows, ascending and above 0, at least 11.
 * @param usual Usual spacing, at least 0.
 * @see Rényi (1953), https://doi.org/10.1007/BF02127580
 */
export function gapTest(distances: readonly number[], usual: number): GapTest {
  const spacings = spacingsOf(distances);
  const others = spacings.slice(LONGEST_GAP);
  const sum = Math.max(
    others.reduce((total, spacing) => total + spacing, 0),
    others.length * usual,
  );
  const first = spacings.slice(0, LONGEST_GAP);
  const at = first.indexOf(Math.max(...first));
  // Rows at one distance, as on a grid, give no measure of gaps.
  if (sum === 0) return { pValue: 1, before: at + 1 };
  const pValue = Math.exp(-others.length * Math.log1p(first[at] / sum));
  return { pValue: Math.min(1, LONGEST_GAP * pValue), before: at + 1 };
}

/** Returns j · log(r_{j+1} / r_j) for each of the ascending distances but the last. */
export function spacingsOf(distances: readonly number[]): number[] {
  return distances.slice(1).map((far, j) =>
    // Differences so small that their squares vanish leave distances of 0.
    far === distances[j] ? 0 : (j + 1) * Math.log(far / distances[j])
  );
}
