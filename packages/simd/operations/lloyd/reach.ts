/** Upper bounds of numbers that sums of rows are made of. */
export interface Reach {
  /** Of |w x| of all entries x of a row with weight w. */
  readonly farthest: number;
  /** Of w. */
  readonly heaviest: number;
}

/**
 * Returns bounds of the rows.
 *
 * @param mostSquares The largest Σ w |x − mean|² of some rows; each row is among some.
 * @param meanNorm |mean|.
 */
export function reachOf(mostSquares: number, meanNorm: number, weights?: Float64Array): Reach {
  let heaviest = weights ? 0 : 1;
  if (weights) { for (const weight of weights) heaviest = Math.max(heaviest, weight); }
  return { farthest: Math.sqrt(heaviest * mostSquares) + heaviest * meanNorm, heaviest };
}
