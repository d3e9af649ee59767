/** Rows of whole numbers for `MixtapeIntegerScatter`: Σ x xᵀ is added to other sums, exactly. */
export interface IntegerScatter {
  /** Whole numbers, n × d, row by row. */
  readonly rows: Int16Array;
  /** At least the largest absolute value of the numbers, at most 32767. */
  readonly largest: number;
  /** Number of rows. */
  readonly n: number;
  /** Number of columns. */
  readonly d: number;
  /** d × d sums, added to in place; those above the diagonal stay as they are. */
  readonly addTo: Float64Array;
}
