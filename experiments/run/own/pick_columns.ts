import type { HostMatrix } from "@mixtape/tensor-utils";

/**
 * Copies some columns of a matrix.
 *
 * @param matrix The matrix, shape [n, d].
 * @param columns The columns in their new order; -1 for one of gaps.
 * @returns The columns, shape [n, columns]; `matrix` itself if they are all of its columns in their order.
 */
export function pickColumns(matrix: HostMatrix, columns: readonly number[]): HostMatrix {
  const { values, shape: [n, d] } = matrix;
  const k = columns.length;
  if (k === d && columns.every((column, j) => column === j)) return matrix;
  const hasGaps = columns.includes(-1);
  const Values = hasGaps ? Float64Array : values.constructor as Float64ArrayConstructor;
  const picked = new Values(n * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      picked[i * k + j] = columns[j] === -1 ? NaN : values[i * d + columns[j]];
    }
  }
  return { values: picked, shape: [n, k] };
}
