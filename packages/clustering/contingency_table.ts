import { labelArray } from "@mixtape/tensor-utils";

/** How many rows each pair of a class and a cluster has. */
export interface ContingencyTable {
  /** Counts, class by class: `counts[i * clusters + j]` rows of class i are in cluster j. */
  readonly counts: Uint32Array;
  /** Number of classes: the largest class plus 1. */
  readonly classes: number;
  /** Number of clusters: the largest cluster plus 1. */
  readonly clusters: number;
  /** Rows of each class. */
  readonly classSizes: Uint32Array;
  /** Rows in each cluster. */
  readonly clusterSizes: Uint32Array;
  /** All rows. */
  readonly total: number;
}

/**
 * Counts which class went to which cluster.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { contingencyTable } from "@mixtape/clustering";
 *
 * const table = contingencyTable([0, 0, 1, 1], [1, 1, 1, 0]);
 * assert.deepEqual([...table.counts], [0, 2, 1, 1]);
 * ```
 *
 * @param classes The true class of each row, from 0.
 * @param labels The cluster of each row, from 0.
 * @returns Counts, one row a class and one column a cluster, and their sums.
 * @throws {RangeError} If there are no rows, the lengths differ, or a number is negative or not
 * whole.
 */
export function contingencyTable(
  classes: ArrayLike<number>,
  labels: ArrayLike<number>,
): ContingencyTable {
  const total = labels.length;
  const rowClasses = labelArray(classes, total, "classes");
  const rowLabels = labelArray(labels, total, "labels");
  if (total === 0) {
    throw new RangeError(
      "Cannot compare classes with clusters: there are no rows, at least 1 is needed",
    );
  }
  const classSizes = sizes(rowClasses);
  const clusterSizes = sizes(rowLabels);
  const clusters = clusterSizes.length;
  const counts = new Uint32Array(classSizes.length * clusters);
  for (let i = 0; i < total; i++) counts[rowClasses[i] * clusters + rowLabels[i]]++;
  return { counts, classes: classSizes.length, clusters, classSizes, clusterSizes, total };
}

/**
 * The class that most rows of each cluster have, the lowest one among equals.
 *
 * @param table What {@link contingencyTable} counted.
 * @returns A class a cluster; 0 for a cluster without rows.
 */
export function majorityClasses(table: ContingencyTable): Uint32Array {
  const { counts, classes, clusters } = table;
  const majority = new Uint32Array(clusters);
  for (let j = 0; j < clusters; j++) {
    for (let i = 1; i < classes; i++) {
      if (counts[i * clusters + j] > counts[majority[j] * clusters + j]) majority[j] = i;
    }
  }
  return majority;
}

function sizes(labels: Int32Array): Uint32Array {
  const largest = labels.reduce((a, b) => Math.max(a, b), 0);
  const counts = new Uint32Array(largest + 1);
  for (const label of labels) counts[label]++;
  return counts;
}
