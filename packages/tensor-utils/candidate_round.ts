/** A round of k-means‖: the candidates so far, and how further ones are to be drawn. */
export interface CandidateRound {
  /** Candidates for centroids, m × d numbers, row by row. */
  readonly candidates: Float64Array;
  /** Number of rows to draw from all blocks on average; 0 for none. */
  readonly draws: number;
  /** Seed of the draws, of which each block has a stream. */
  readonly seed: number;
}

/** The part of a block, or of several, in a round of k-means‖. */
export interface CandidateDraws {
  /** Weighted sum of squared distances to the nearest candidate. */
  readonly cost: number;
  /** Weight of the rows that each candidate is nearest to, m numbers. */
  readonly counts: Float64Array;
  /** Rows that may be drawn, d numbers each, in their order. */
  readonly rows: Float64Array;
  /**
   * Cost of each of them divided by a random number, uniform in [0, 1): those are drawn whose key
   * exceeds the cost of all rows per draw.
   */
  readonly keys: Float64Array;
}
