import type { ValuesMatrix } from "./matrix.ts";

/**
 * Chooses the columns in which the rows of a matrix differ most, by the variance of their values.
 *
 * @param matrix Such as centroids, shape [k, d].
 * @param most Most columns to choose.
 * @returns Their indices, ascending: all d where there are no more; the lower index in case of a tie.
 */
export function tellingColumns({ values, shape: [k, d] }: ValuesMatrix, most: number): number[] {
  const columns = Array.from({ length: d }, (_, j) => {
    let mean = 0;
    let squares = 0;
    for (let c = 0; c < k; c++) {
      const change = values[c * d + j] - mean;
      mean += change / (c + 1);
      squares += change * (values[c * d + j] - mean);
    }
    return { j, squares };
  });
  // Sorting is stable: of equal columns the first comes first.
  return columns.sort((a, b) => b.squares - a.squares).slice(0, most)
    .map(({ j }) => j).sort((a, b) => a - b);
}
