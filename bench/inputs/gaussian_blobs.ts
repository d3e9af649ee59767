import type { HostMatrix, Random } from "@mixtape/tensor-utils";

/** The size of the data. */
export interface BlobSizes {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Number of groups. */
  readonly centres: number;
}

/**
 * Draws groups of points as scikit-learn's `make_blobs` does by default: centres uniform in ±10, rows normal
 * around them with standard deviation 1, all groups equally likely, in random order.
 *
 * @param sizes Numbers of rows, columns and groups.
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
