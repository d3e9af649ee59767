/** Values of a matrix on the host, row by row. */
export type MatrixValues = Float32Array | Float64Array | Uint8Array;

/** A matrix on the host: `values` holds `rows × columns` numbers, row by row. */
export interface HostMatrix {
  /** The numbers, row by row. */
  readonly values: MatrixValues;
  /** Number of rows and number of columns. */
  readonly shape: readonly [rows: number, columns: number];
}

/** A matrix on the host whose numbers are float64. */
export interface Float64Matrix extends HostMatrix {
  /** The numbers, row by row. */
  readonly values: Float64Array;
}
