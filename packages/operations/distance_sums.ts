import type { HostMatrix } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";

/** A division of rows into clusters. */
export interface ClusterLabels {
  /** The cluster of each row, from 0 to `clusters` − 1. */
  readonly labels: Int32Array;
  /** Number of clusters. */
  readonly clusters: number;
}

/** Rows and their divisions that `MixtapeDistanceSums` is opened on. */
export interface DistanceSumsAttributes {
  /** The data, shape [n, d], no number beyond 2⁴⁰⁰, not changed while the session is open. */
  readonly x: HostMatrix;
  /** One or more divisions of the rows. */
  readonly labelings: readonly ClusterLabels[];
}

/** The sums of distances of each row to the rows of each cluster, as they grow. */
export interface DistanceSumsSession extends Disposable {
  /**
   * Adds the distances of some more pairs of rows, some milliseconds of work; returns true as long
   * as there are more.
   */
  readonly advance: () => MaybePromise<boolean>;
  /** Returns n × clusters sums for each division, row by row, once all pairs have been added. */
  readonly sums: () => MaybePromise<Float64Array[]>;
}
