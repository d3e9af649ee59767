// The arguments of steps of mini-batch k-means, see `structures.ts`.

/** A batch of rows, and what becomes of it. */
export const batch = {
  /** The rows, in the order of the batch: uint32. */
  batchRows: "usize",
  batchCount: "i32",
  /** One float64 weight per row of the data, or 0. */
  batchWeights: "usize",
  /** The nearest centroid of each row, int32, and its squared distance, float64. */
  batchLabels: "usize",
  batchDistances: "usize",
  /** The rows by cluster, uint32, and where those of each cluster end, int32. */
  batchOrder: "usize",
  batchEnds: "usize",
  /** Sums of the rows of each cluster, and room for their weights, and the inertia, float64. */
  batchSums: "usize",
  batchInertia: "usize",
  /** Weight of all rows that each cluster has seen, float64. */
  seen: "usize",
} as const;

/** Steps with batches whose rows have been copied side by side, and those to copy meanwhile. */
export const steps = {
  /** Number of steps. */
  stepCount: "i32",
  /** The rows of their batches, as `dense` and `original` hold them, and their weights or 0. */
  copiedDense: "usize",
  copiedOriginal: "usize",
  copiedWeights: "usize",
  /** Room for what each step leaves: its inertia, the centroids, and what they have seen, float64. */
  outcomes: "usize",
  /** Set to the number of steps made, int32: fewer where float32 cannot hold the centroids. */
  stepsMade: "usize",
  /** The rows to copy, uint32, and where to. */
  aheadRows: "usize",
  aheadCount: "i32",
  aheadDense: "usize",
  aheadOriginal: "usize",
  aheadWeights: "usize",
} as const;
