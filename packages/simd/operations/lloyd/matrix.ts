/** What the numbers of a matrix may be kept in. */
export type MatrixValues = Float32Array | Float64Array | Uint8Array;

/** A matrix in host memory, row by row: the same shape of object as that of `@mixtape/tensor-utils`. */
export interface HostMatrix {
  /** n × d numbers. */
  readonly values: MatrixValues;
  /** [n, d]. */
  readonly shape: readonly [rows: number, columns: number];
}
