/** The product a b of `MixtapeFloat64Product`, row by row. */
export interface Float64Product {
  /** m × k numbers, or k × m if `transposeA`. */
  readonly a: Float64Array;
  /** k × n numbers, or n × k if `transposeB`. */
  readonly b: Float64Array;
  /** Rows of the product. */
  readonly m: number;
  /** Columns of the product. */
  readonly n: number;
  /** Terms of each sum. */
  readonly k: number;
  /** True if a is stored transposed. */
  readonly transposeA?: boolean;
  /** True if b is stored transposed. */
  readonly transposeB?: boolean;
  /**
   * True if only the lower triangle is needed: the numbers above the diagonal of the product are
   * then undefined.
   */
  readonly lower?: boolean;
  /**
   * m × n numbers that the product is added to, in place, and that are the result; those above the
   * diagonal stay as they are if only the lower triangle is needed.
   */
  readonly addTo?: Float64Array;
}
