import type { ContingencyTable } from "./contingency_table.ts";

/** The mutual information of classes and clusters in nats. */
export function mutualInformation(table: ContingencyTable): number {
  const { counts, clusters, classSizes, clusterSizes, total } = table;
  let sum = 0;
  counts.forEach((count, index) => {
    if (count === 0) return;
    const expected = classSizes[Math.floor(index / clusters)] * clusterSizes[index % clusters];
    sum += count / total * Math.log(count * total / expected);
  });
  // Rounding can leave a sum that is 0 slightly below it.
  return Math.max(0, sum);
}

/** The entropy in nats of a division of `total` rows into parts of these sizes. */
export function entropy(sizes: Uint32Array, total: number): number {
  return sizes.reduce(
    (sum, size) => size === 0 ? sum : sum - size / total * Math.log(size / total),
    0,
  );
}
