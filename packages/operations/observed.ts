import type { HostMatrix } from "./host_matrix.ts";

/** Attributes of `MixtapeObserved`. */
export interface ObservedAttributes {
  /** The data, shape [n, d]: each entry is finite, or NaN. They do not change while the promise is pending. */
  readonly x: HostMatrix;
  /** 1 where an entry is missing, otherwise 0, n × d entries; those of NaN are set to 1. */
  readonly missing: Uint8Array;
  /** Ends the work if it takes long; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** Entries of columns that are not missing. */
export interface Observed {
  /** Sum of the observed entries of each column, d numbers; it may overflow. */
  readonly sums: Float64Array;
  /** Number of missing entries of each column. */
  readonly gone: Uint32Array;
}
