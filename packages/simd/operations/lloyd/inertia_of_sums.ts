/** Share of all squares below which an inertia computed as a difference has lost digits. */
const CANCELLED = 1e-6;
/** The same of the product of all lengths, whose digits sums of rows far from 0 are rounded to. */
const ROUNDED = 1e-7;

/**
 * Returns Σ w |x − o|² − 2 Σ (c − o)·(sum − count·o) + Σ count |c − o|²; undefined if that has lost
 * digits.
 *
 * @param facts Eight numbers per centroid, as kernels wrote them.
 * @param counts Weight of each cluster.
 * @param totalSquares Σ w |x − o|².
 * @param originLength |o|.
 */
export function inertiaOfSums(
  facts: Float64Array,
  counts: Float64Array,
  totalSquares: number,
  originLength: number,
): number | undefined {
  let cross = 0;
  let own = 0;
  let count = 0;
  for (let j = 0; j < counts.length; j++) {
    cross += facts[8 * j + 3];
    own += counts[j] * facts[8 * j + 4];
    count += counts[j];
  }
  const inertia = totalSquares - 2 * cross + own;
  const lost = Math.max(
    CANCELLED * (totalSquares + own),
    ROUNDED * originLength * Math.sqrt(count * own),
  );
  return inertia > lost ? inertia : undefined;
}
