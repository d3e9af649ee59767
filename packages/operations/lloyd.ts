import type { HostMatrix } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";
import type { PlusPlusDraws } from "./plus_plus.ts";

/** Data that `MixtapeLloyd` is opened on. */
export interface LloydAttributes {
  /** The data, shape [n, d], finite. */
  readonly x: HostMatrix;
  /** Weight of each row, not negative; all 1 by default. */
  readonly sampleWeight?: Float64Array;
  /**
   * True if there will be one step: bounds that save later ones time are not prepared. Each further
   * step may begin as after `reset()`.
   */
  readonly once?: boolean;
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** Result of one assignment of all rows to their nearest centroids. */
export interface LloydStep {
  /**
   * Index of the nearest centroid of each row; a view that the next step overwrites. Where the
   * session has `labels()`, they are those of its last call, unless the session is opened for a single
   * step.
   */
  readonly labels: Int32Array;
  /** Weighted sums of the rows of each cluster, k × d; overwritten by the next step. */
  readonly sums: Float64Array;
  /** Sum of the weights of each cluster's rows, k; overwritten by the next step. */
  readonly counts: Float64Array;
  /** Weighted sum of squared distances to the nearest centroid, in float64. */
  readonly inertia: number;
  /** Number of labels that differ from those of the step before; all of them in a first step. */
  readonly changed: number;
}

/** Limits of runs of Lloyd's algorithm. */
export interface LloydRunRules {
  /** Largest number of iterations. */
  readonly maxIterations: number;
  /**
   * A run ends when the sum of the squared lengths of all centroids' moves is at most this times the mean
   * variance of the columns.
   */
  readonly tolerance: number;
  /** That variance; by default, that of rows without weights is computed. */
  readonly variance?: number;
}

/** The outcome of a run of Lloyd's algorithm. */
export interface LloydRun {
  /** Final centroids, k × d numbers. */
  readonly centroids: Float64Array;
  /** The nearest centroid of each row. */
  readonly labels: Int32Array;
  /** Weighted sum of squared distances to the nearest centroid. */
  readonly inertia: number;
  /** Inertia at the centroids that each iteration began with. */
  readonly inertiaHistory: Float64Array;
  /** Number of iterations. */
  readonly iterations: number;
  /** True if the run ended because no label changed, or the centroids moved too little. */
  readonly converged: boolean;
}

/**
 * Lloyd's algorithm on fixed data: it keeps the data where the backend needs it, and labels from
 * step to step.
 */
export interface LloydSession extends Disposable {
  /**
   * Assigns every row to its nearest centroid, as float64 arithmetic would; ties go to the lowest
   * index. If a step fails, for lack of memory for instance, the next one begins as after
   * `reset()`.
   *
   * @param centroids k × d numbers, row by row.
   */
  readonly step: (centroids: Float64Array) => MaybePromise<LloydStep>;
  /**
   * Gathers the labels of the last step, where a step leaves those of its result as they were: labels that live on
   * a device or on many machines are worth it only once a fit is done. `distances()` gathers them, too.
   */
  readonly labels?: () => MaybePromise<Int32Array>;
  /** Returns the squared distance of each row to its centroid, as of the last step. */
  readonly distances: () => MaybePromise<Float64Array>;
  /** Forgets labels and bounds, before a new start on the same data. */
  readonly reset: () => void;
  /**
   * Makes whole runs at once, where that takes less time than a call for each step: iterations as calls of
   * `step` would lead to, with centroids that move to the means of their rows, and one more assignment where
   * centroids moved last. Sessions make steps as before, after `reset()`.
   *
   * @param starts Start of each run, k × d numbers each, or what decides the rows that greedy k-means++ chooses for
   * it, as `choose` of a `PlusPlusSession` on these data would.
   * @returns The run of least inertia, the first of equals; undefined where starts are to be chosen or runs to be
   * made step by step, as those in which a cluster loses all its rows are.
   */
  readonly bestRun?: (
    starts: readonly Float64Array[] | readonly PlusPlusDraws[],
    rules: LloydRunRules,
  ) => MaybePromise<LloydRun | undefined>;
}
