// The arguments of choices by k-means++, see `structures.ts`.

/** Distances of rows to candidates for the next centroid. */
export const candidates = {
  /** n × width float32; of rows of up to four columns, k columns of n, rounded up to a multiple of 4. */
  candidateDistances: "usize",
  /** Squared distance of each row to the closest centroid so far, float64. */
  closest: "usize",
  /** Float64, blocks × width: sums of distances if a candidate became a centroid. */
  potentials: "usize",
  /** Candidate that becomes a centroid. */
  chosen: "i32",
  /** Rows as 8-bit integers, see kernels/lloyd/screen.ts; 0 where these do not bound products. */
  screenedRows: "usize",
  /** Number of rows that bounds have left to be measured, int32. */
  screenTally: "usize",
} as const;

/** The rows to choose by greedy k-means++, each from as many candidates as there are centroids. */
export const choice = {
  /** Numbers from 0 to 1 that decide the draws, float64: 1 + (choices − 1) × k. */
  uniforms: "usize",
  /** Number of rows to choose, and of those that candidates have been drawn for. */
  choices: "i32",
  chosenSoFar: "i32",
  /** The chosen rows, int32. */
  chosenRows: "usize",
  /** Room for running sums over all rows, float64, and for the rows of k candidates, int32. */
  cumulative: "usize",
  drawn: "usize",
} as const;
