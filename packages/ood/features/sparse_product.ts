/** The non-zero entries of a row. */
export interface SparseRow {
  /** Their columns, ascending; only the first `count` entries count. */
  readonly columns: Uint32Array;
  /** Their values. */
  readonly values: Float64Array;
  /** How many there are. */
  readonly count: number;
}

/** A matrix of which each row may begin with zeros. */
export interface RaggedMatrix {
  /** All entries, row by row. */
  readonly values: Float64Array;
  /** Number of columns. */
  readonly width: number;
  /** Column of the first entry of each row that may differ from zero, never less than in the row above. */
  readonly starts: Uint32Array;
}

/**
 * Adds a sparse row times a matrix to `sum`, four entries at a time so that `sum` is read and written a quarter as
 * often.
 *
 * @param sum Output, as long as the matrix is wide.
 * @param row The non-zero entries.
 * @param matrix As many rows as `row` may have columns.
 */
export function addSparseProduct(
  sum: Float64Array,
  { columns, values, count }: SparseRow,
  { values: matrix, width, starts }: RaggedMatrix,
): void {
  let a = 0;
  for (; a + 4 <= count; a += 4) {
    const r0 = columns[a] * width, r1 = columns[a + 1] * width;
    const r2 = columns[a + 2] * width, r3 = columns[a + 3] * width;
    const v0 = values[a], v1 = values[a + 1], v2 = values[a + 2], v3 = values[a + 3];
    for (let i = starts[columns[a]]; i < width; i++) {
      sum[i] += v0 * matrix[r0 + i] + v1 * matrix[r1 + i] +
        (v2 * matrix[r2 + i] + v3 * matrix[r3 + i]);
    }
  }
  for (; a < count; a++) {
    const row = columns[a] * width;
    for (let i = starts[columns[a]]; i < width; i++) sum[i] += values[a] * matrix[row + i];
  }
}
