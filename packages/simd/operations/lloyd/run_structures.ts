// The arguments of whole runs of Lloyd's algorithm, see `structures.ts`.

/** The rooms of threads that each do whole blocks alone: arguments with addresses of a thread's own. */
export const rooms = { rooms: "usize", roomBytes: "i32" } as const;

/** Runs of Lloyd's algorithm, each from its start to its end. */
export const runs = {
  /** Number of runs. */
  runs: "i32",
  /** Start of each, k × d float64; 0 where greedy k-means++ is to choose them. */
  starts: "usize",
  /** The arguments of `chooseRows` for each thread, in which the numbers for all starts follow each other. */
  choiceRooms: "usize",
  choiceRoomBytes: "i32",
  /** Largest number of iterations, and of those whose inertia there is room for. */
  mostIterations: "i32",
  mostKept: "i32",
  /** Ends a run when its centroids move by at most this times the mean variance of the columns; see `LloydRules`. */
  tolerance: "f64",
  /** That variance, negative if it is to be computed. */
  variance: "f64",
  /** Σ w |x − origin|², and |origin|. */
  totalSquares: "f64",
  originLength: "f64",
  /** `slope` of a step without paths, by the length of centroids. */
  slopeByLength: "f64",
  /** Set to 1 where the host is to make the runs step by step, int32. */
  abandoned: "usize",
} as const;

/** The rest of a room for runs of Lloyd's algorithm, and the best run so far. */
export const run = {
  /** Total drift of each centroid plus that of the fastest other one, float64. */
  travelled: "usize",
  /** d float64. */
  columnMeans: "usize",
  /** Inertia at each iteration, float64. */
  history: "usize",
  /** Number of the best run (negative: none), its inertia, iterations, and 1 if it converged: float64. */
  outcome: "usize",
  bestCentroids: "usize",
  bestLabels: "usize",
  bestHistory: "usize",
} as const;
