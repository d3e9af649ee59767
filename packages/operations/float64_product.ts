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
  /** Says that a is stored transposed. */
  readonly transposeA?: boolean;
  /** Says that b is stored transposed. */
  readonly transposeB?: boolean;
  /** Says that the lower triangle suffices: above the diagonal of the product may stand anything. */
  readonly lower?: boolean;
}
