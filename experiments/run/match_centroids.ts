import { type HostMatrix, squaredDistances } from "@mixtape/tensor-utils";

/**
 * The root mean squared difference between two sets of centroids, each matched with one of the other set so
 * that the sum of squared differences is least.
 *
 * @param a Shape [k, d].
 * @param b Shape [k, d].
 * @returns The error, in the units of the centroids.
 */
export function matchedCentroidError(a: HostMatrix, b: HostMatrix): number {
  const [k, d] = a.shape;
  const costs = squaredDifferences(a, b);
  const total = matchRows(costs, k).reduce((sum, column, row) => sum + costs[row * k + column], 0);
  return Math.sqrt(total / (k * d));
}

/**
 * Matches centroids with those of another set, so that the sum of squared differences is least.
 *
 * @param a Shape [k, d].
 * @param b Shape [k, d].
 * @returns The row of `b` for each of `a`.
 */
export function matchCentroids(a: HostMatrix, b: HostMatrix): number[] {
  return matchRows(squaredDifferences(a, b), a.shape[0]);
}

/** Between all rows of one matrix and all of another, k×k. */
function squaredDifferences(a: HostMatrix, b: HostMatrix): Float64Array {
  return Float64Array.from([...squaredDistances(a, b)].flatMap(({ values }) => [...values]));
}

/**
 * The assignment of rows to columns of least cost, by successive shortest paths.
 *
 * @param costs k×k, row by row, finite.
 * @param k Size.
 * @returns The column of each row.
 * @see Jonker & Volgenant (1987), https://doi.org/10.1007/BF02278710
 */
export function matchRows(costs: Float64Array, k: number): number[] {
  // Columns count from 1; column 0 is the row that looks for a place. Potentials keep reduced costs ≥ 0.
  const rowPotential = new Float64Array(k + 1);
  const columnPotential = new Float64Array(k + 1);
  const rowOf = new Int32Array(k + 1);
  for (let row = 1; row <= k; row++) {
    rowOf[0] = row;
    const distance = new Float64Array(k + 1).fill(Infinity);
    const previous = new Int32Array(k + 1);
    const visited = new Uint8Array(k + 1);
    let column = 0;
    while (rowOf[column] !== 0) {
      visited[column] = 1;
      const from = rowOf[column];
      let nearest = 0;
      for (let j = 1; j <= k; j++) {
        if (visited[j]) continue;
        const reduced = costs[(from - 1) * k + j - 1] - rowPotential[from] - columnPotential[j];
        if (reduced < distance[j]) {
          distance[j] = reduced;
          previous[j] = column;
        }
        if (nearest === 0 || distance[j] < distance[nearest]) nearest = j;
      }
      const step = distance[nearest];
      for (let j = 0; j <= k; j++) {
        if (visited[j]) {
          rowPotential[rowOf[j]] += step;
          columnPotential[j] -= step;
        } else {
          distance[j] -= step;
        }
      }
      column = nearest;
    }
    while (column !== 0) {
      rowOf[column] = rowOf[previous[column]];
      column = previous[column];
    }
  }
  const columnOf = new Array<number>(k);
  for (let j = 1; j <= k; j++) columnOf[rowOf[j] - 1] = j - 1;
  return columnOf;
}
