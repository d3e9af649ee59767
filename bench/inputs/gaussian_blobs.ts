import type { HostMatrix, Random } from "@mixtape/tensor-utils";

/** How large the data are. */
export interface BlobSizes {
  /** Rows. */
  readonly rows: number;
  /** Columns. */
  readonly columns: number;
  /** Groups. */
  readonly centres: number;
}

/**
 * Draws groups of points as scikit-learn's `make_blobs` does by default: centres uniform in ±10, rows normal
 * around them with deviation 1, each group as likely as the others, in random order.
 *
 * @param sizes How large.
 * @param source The randomness.
 * @returns Data in float32.
 */
export function gaussianBlobs(
  { rows, columns, centres }: BlobSizes,
  source: Random,
): HostMatrix & { readonly values: Float32Array } {
  const middle = Float64Array.from({ length: centres * columns }, () => 20 * source.next() - 10);
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const first = source.integer(centres) * columns;
    for (let j = 0; j < columns; j++) values[i * columns + j] = middle[first + j] + source.normal();
  }
  return { values, shape: [rows, columns] };
}
