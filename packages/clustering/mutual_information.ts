import { CompensatedSum } from "./compensated_sum.ts";
import type { ContingencyTable } from "./contingency_table.ts";

/** Returns the mutual information of classes and clusters, in nats. */
export function mutualInformation(table: ContingencyTable): number {
  const { cells, classSizes, clusterSizes, total } = table;
  const sum = new CompensatedSum();
  cells.counts.forEach((count, cell) => {
    const expected = classSizes[cells.classes[cell]] * clusterSizes[cells.clusters[cell]];
    sum.add(count / total * Math.log(count * total / expected));
  });
  // Rounding can leave a sum of 0 slightly below 0.
  return Math.max(0, sum.value);
}

/** Returns the entropy, in nats, of a division of `total` rows into parts of the given sizes. */
export function entropy(sizes: Uint32Array, total: number): number {
  const sum = new CompensatedSum();
  for (const size of sizes) sum.add(size / total * Math.log(total / size));
  return sum.value;
}
