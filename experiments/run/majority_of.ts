import { contingencyTable, majorityClasses } from "@mixtape/clustering";

/**
 * Returns the most frequent class of each cluster, the lowest one in case of a tie; 0 for a cluster without rows.
 *
 * @param classes Class of each row.
 * @param clusterOf Cluster of each row.
 * @param clusters Number of clusters.
 */
export function majorityOf(
  classes: ArrayLike<number>,
  clusterOf: Int32Array,
  clusters: number,
): number[] {
  const table = contingencyTable(classes, clusterOf);
  const majority = majorityClasses(table);
  return Array.from({ length: clusters }, (_, j) => majority[table.clusters.indexOf(j)] ?? 0);
}
