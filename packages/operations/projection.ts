import type { HostMatrix } from "./host_matrix.ts";

/** Rows and directions for `MixtapeProjection`: (x − means) directionsᵀ, n × k, in float64. */
export interface ProjectionAttributes {
  /** Rows, finite; they do not change while the promise is pending. */
  readonly x: HostMatrix;
  /** Numbers that are subtracted from each row, d of them. */
  readonly means: Float64Array;
  /** Directions, one per row, k × d numbers. */
  readonly directions: Float64Array;
  /** Ends the work if it takes long; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}
