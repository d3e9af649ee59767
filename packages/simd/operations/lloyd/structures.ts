// The arguments of the k-means kernels. `deno task simd:build` writes the code that reads them
// (kernels/generated/lloyd_structures.ts): each field becomes a variable of its name.

import { batch, steps } from "./batch_structures.ts";
import { candidates, choice } from "./choice_structures.ts";
import { losses } from "./loss_structures.ts";
import { rooms, run, runs } from "./run_structures.ts";

/** The rows. */
export const data = {
  /** Number of rows. */
  n: "i32",
  /** Number of columns. */
  d: "i32",
  /** Address of each sparse row; 0 if rows are dense. */
  rowAddresses: "usize",
  /** Number of entries of each sparse row, a multiple of 4. */
  rowLengths: "usize",
  /** Bytes per value of a sparse row, as a power of two: 0 for bytes, 2 for float32. */
  valueShift: "i32",
  /** Dense float32 rows that products are computed from, or 0. */
  dense: "usize",
  /** Dense values as given; 0 if rows are sparse. */
  original: "usize",
  /** 1 if `original` is float64, 0 if it is float32. */
  originalWide: "i32",
  /** One float64 weight per row, or 0. */
  weights: "usize",
  /** |x − mean|² of each row, float32; 0 where rows are not described one by one. */
  squares: "usize",
  /** An upper bound of |x| + |mean| of each row, float32; 0 where rows are not described one by one. */
  radii: "usize",
  /** |mean|, for rows that are not described one by one. */
  meanNorm: "f32",
  /** Approximate mean of the rows, d float64, which centroids are centred at. */
  mean: "usize",
  /** Power of two that centred values are multiplied by. */
  scale: "f64",
  /** Origin of the computation of the inertia, d float64. */
  origin: "usize",
} as const;

/** The basis, and the rows in it; all 0 if there is none. */
export const sketch = {
  /** Number of directions in the basis, a multiple of 4. */
  sketchSize: "i32",
  /** sketchSize × d float32, with rows orthonormal to rounding. */
  basis: "usize",
  /** Coordinates of x − mean in the basis, n × sketchSize float32. */
  sketch: "usize",
  /** An upper bound of |x − mean| outside the basis, one float32 per row. */
  residuals: "usize",
} as const;

/** The centroids. */
export const centroids = {
  /** Number of centroids. */
  k: "i32",
  /** k rounded up to a multiple of 4. */
  width: "i32",
  /** Number of centroids per block where they are placed: panels, so that threads share no line of the cache. */
  together: "i32",
  /** k × d float64 as given. */
  centroids: "usize",
  /** Those of the previous step. */
  former: "usize",
  /** Centred centroids, in panels; 0 where their 8-bit integers are to be enough. */
  panels: "usize",
  /** Centred centroids row by row, k × d float32, where products with single ones are needed; 0 else. */
  narrow: "usize",
  /** Centred centroids as 16-bit integers, in panels whose lanes hold pairs; or 0. */
  quantised: "usize",
  /** −2 times the unit of each of these, float32. */
  units: "usize",
  /** Centred centroids as 8-bit integers, in panels whose lanes hold fours; or 0. */
  screenPanels: "usize",
  /** The unit of each of these, its length, and its distance to what integers stand for, float32. */
  screenUnits: "usize",
  screenLengths: "usize",
  screenErrors: "usize",
  /** Number of columns of these if they stand for moves of centroids since the previous step; −1 if for centroids. */
  moves: "i32",
  /** The column of each centroid among the moves, int32, −1 for none; or 0. */
  moveColumns: "usize",
  /** The centroid of each column of moves, and in place k the number of columns, int32; or 0. */
  movedCentroids: "usize",
  /**
   * The mean of rows that are yet to be centred, else 0, and as many zeros: float32, both d rounded up to
   * a multiple of 16.
   */
  centre: "usize",
  /** Their coordinates in the basis, in panels. */
  sketchPanels: "usize",
  /** |c|² (huge for a centroid that is out of play), one float32 per centroid. */
  bias: "usize",
  /** mean · c, one float32 per centroid. */
  shift: "usize",
  /**
   * Of rows of up to four columns: for each centroid its `bias` and its centred coordinates times −2,
   * each four times; otherwise 0.
   */
  splats: "usize",
  /**
   * Eight float64 per centroid: drift², |c|², mean · c, two terms of the inertia, |c|² as given, and the
   * squared distance to what was quantised.
   */
  facts: "usize",
} as const;

/**
 * Errors of scores straight from the data: at most sharpness × terms × radius + offset, and from integers
 * quantisation × |x − mean| more.
 */
export const precision = { sharpness: "f32", offset: "f32", quantisation: "f32" } as const;

/** The steps at which residual products were computed (references). */
export const history = {
  /** Reference of this step. */
  now: "i32",
  /** Float32, references × width: an upper bound of each residual centroid's drift since then. */
  residualDrifts: "usize",
  /** References whose residual centroids are kept, and the addresses of these, uint32. */
  kept: "usize",
  /** Number of references kept. */
  keptCount: "i32",
} as const;

/** The state of Lloyd's algorithm. */
export const state = {
  /** Cluster of each row. */
  labels: "usize",
  /**
   * Hamerly's bound of each row, float32: the total drift up to which its label is certain; 0 if no
   * bounds are kept, since there is to be one step.
   */
  hamerlyBound: "usize",
  /** One record per row, see kernels/lloyd/records.ts. */
  records: "usize",
  recordBytes: "i32",
  /** Total drift of each centroid plus that of the fastest other one, float32. */
  totalDrift: "usize",
  /**
   * Changes of sums and counts in each partition, float64: partitions × places × d, partitions × places,
   * of which the first k are used.
   */
  partialSums: "usize",
  partialCounts: "usize",
  /** Σ w |x − c|² of each partition, float64; 0 where the inertia follows from the sums. */
  partialInertia: "usize",
  /** Number of rows of each cluster in each partition, int32: partitions × places. */
  members: "usize",
  /** 1 for each cluster that changed in a partition, likewise. */
  dirty: "usize",
  /** Number of rows of each partition whose label changed. */
  changed: "usize",
  partitions: "i32",
  /** k rounded up, so that two partitions share no cache line. */
  places: "i32",
  /** Rows as 8-bit integers, see kernels/lloyd/screen.ts; or 0. */
  screened: "usize",
  /** Of each partition, how many more of their bounds have saved a product than have not, int32. */
  screenBalance: "usize",
  /** Number of rows in a partition. */
  partitionRows: "i32",
  /** Sums and counts of clusters, float64. */
  sums: "usize",
  counts: "usize",
  /** Number of rows that are filtered at a time. */
  chunk: "i32",
  /** Number of groups of centroids that have bounds, 0 for none. */
  groups: "i32",
  /**
   * Float32, chunks × groups × chunk: the total drift of a group up to which all of its centroids are
   * farther from a row than its own.
   */
  groupBounds: "usize",
  /** Total drift of the fastest centroid of each group, float32. */
  groupDrift: "usize",
  /**
   * Total drift of each centroid, float32, of which no difference is below the drift in between; 0 where
   * records hold no bounds of pairs.
   */
  paths: "usize",
} as const;

/** A step of Lloyd's algorithm. */
export const step = {
  /** Rounding errors of scores from the basis are at most slope × radius + offset. */
  slope: "f32",
  /** Rounding errors of squares are at most squareSlope × radius². */
  squareSlope: "f32",
  /** Largest entry of `totalDrift`. */
  largestDrift: "f32",
  /** 1 if there are no labels yet. */
  fresh: "i32",
  /** 1 if Hamerly's bounds are void, 2 if references are void too. */
  voidBounds: "i32",
  /** Rounding of a bound to which the product with a move is added, per length of the row. */
  moveRounding: "f32",
  /** 1 if products are bounded by those of integers first. */
  screens: "i32",
} as const;

/** Scratch memory, bytes per thread. */
export const workspace = { scratch: "usize", scratchBytes: "i32" } as const;

/** Vectors that rows are multiplied by. */
export const factors = {
  /** The vectors, in panels. */
  factorPanels: "usize",
  /** Number of vectors, a multiple of 4. */
  factorCount: "i32",
  /** Product of each with the mean, float32. */
  factorBias: "usize",
} as const;

/** Descriptions of rows. */
export const description = {
  /** |mean|. */
  meanLength: "f32",
  /** Bound on the error of squared coordinates, relative to radius². */
  coordinateError: "f32",
  /** One or more numbers per block. */
  statistics: "usize",
} as const;

/** A sample of rows. */
export const sample = { sampleRows: "usize", sampleCount: "i32" } as const;

/** Distances of rows to their centroids. */
export const distances = {
  /** The centroid of each row. */
  rowLabels: "usize",
  /** One float64 per row. */
  distances: "usize",
} as const;

/** Centroids that rows are likely to be nearest to; all 0 where none are kept. */
export const guesses = {
  /** One per row, int32; −1 where there is none. */
  guesses: "usize",
  /**
   * Half the distance of each pair of centroids, scaled, from below, float32, k × width, and room for k × d more; 0
   * where guesses are not looked at.
   */
  halves: "usize",
  /** Error of these, which each is less. */
  halvesError: "f32",
  /** The least of these of each centroid, float32. */
  gaps: "usize",
  /** Half of how far each centroid may have moved since they were measured, scaled, float32. */
  halfDrifts: "usize",
  /** The largest of these. */
  mostDrift: "f32",
  /** Number of rows that had a guess, of those that it settled, and of those that 8-bit integers left open, int32. */
  guessTally: "usize",
} as const;

/** The structures that each job is given. */
export const jobs = {
  describeDense: [data, description],
  describeInBasis: [data, sketch, factors, description, workspace],
  turnBasis: [data, factors, sample, description, workspace],
  packRecords: [data, sketch, centroids, state, workspace],
  placeCentroids: [data, sketch, centroids, history, workspace],
  listMoved: [data, centroids],
  placeChanged: [data, sketch, centroids, history, workspace],
  assign: [data, sketch, centroids, state, history, precision, step, workspace, losses],
  totalClusters: [data, centroids, state, losses],
  sumAgain: [data, centroids, state, losses],
  makeRuns: [rooms, runs],
  measureDistances: [data, centroids, distances],
  findNarrow: [data, centroids, precision, distances, workspace],
  findNearest: [data, centroids, precision, distances, guesses, workspace],
  measureCandidates: [data, centroids, candidates, workspace],
  lowerClosest: [data, centroids, candidates],
  screenRows: [data, centroids, candidates, workspace],
  measureNarrow: [data, centroids, candidates, workspace],
  lowerNarrow: [data, candidates],
  chooseRows: [data, sketch, centroids, candidates, choice, workspace],
  drawCandidates: [data, sketch, centroids, candidates, choice, workspace],
  measureCentroids: [data, centroids, guesses],
  labelBatch: [data, centroids, precision, batch, guesses, workspace],
  stepsNarrow: [data, centroids, precision, batch, workspace, steps],
  sortBatch: [centroids, batch],
  moveToMeans: [data, sketch, centroids, history, workspace, batch],
} as const;

/** The structures that threads find in their rooms. */
export const inRooms = {
  run: [
    data,
    sketch,
    centroids,
    state,
    history,
    precision,
    step,
    workspace,
    distances,
    losses,
    run,
  ],
} as const;
