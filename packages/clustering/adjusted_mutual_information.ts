import { type ContingencyTable, contingencyTable } from "./contingency_table.ts";
import { entropy, mutualInformation } from "./mutual_information.ts";

/**
 * The mutual information of classes and clusters, adjusted for chance: its excess over what random
 * labels with the same sizes have on average, divided by the largest excess possible (with the mean
 * of the entropies, scikit-learn's default).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedMutualInformation } from "@mixtape/clustering";
 *
 * assert.equal(adjustedMutualInformation([0, 0, 1, 1], [1, 1, 0, 0]), 1);
 * assert.ok(adjustedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1]) < 0);
 * ```
 *
 * @param classes The true class of each row, from 0.
 * @param labels The cluster of each row, from 0.
 * @returns 0 on average for random labels, 1 for the same division; it can be negative.
 * @throws {RangeError} If there are no rows, the lengths differ, or a number is negative or not
 * whole.
 * @see Vinh, Epps & Bailey (2010), https://www.jmlr.org/papers/v11/vinh10a.html
 */
export function adjustedMutualInformation(
  classes: ArrayLike<number>,
  labels: ArrayLike<number>,
): number {
  const table = contingencyTable(classes, labels);
  const mean = (entropy(table.classSizes, table.total) + entropy(table.clusterSizes, table.total)) /
    2;
  const expected = expectedMutualInformation(table);
  const excess = mutualInformation(table) - expected;
  const largest = mean - expected;
  // Both vanish for the same division into one part, or into as many parts as rows.
  return Math.abs(largest) < 1e-15 ? 1 : excess / largest;
}

/**
 * The mean mutual information over all tables with the same class and cluster sizes (hypergeometric
 * counts).
 */
function expectedMutualInformation({ classSizes, clusterSizes, total }: ContingencyTable): number {
  const logFactorial = logFactorials(total);
  let sum = 0;
  for (const a of classSizes) {
    for (const b of clusterSizes) {
      const fixed = logFactorial[a] + logFactorial[b] + logFactorial[total - a] +
        logFactorial[total - b] - logFactorial[total];
      for (let count = Math.max(1, a + b - total); count <= Math.min(a, b); count++) {
        const logChance = fixed - logFactorial[count] - logFactorial[a - count] -
          logFactorial[b - count] - logFactorial[total - a - b + count];
        sum += count / total * Math.log(total * count / (a * b)) * Math.exp(logChance);
      }
    }
  }
  return sum;
}

function logFactorials(largest: number): Float64Array {
  const table = new Float64Array(largest + 1);
  for (let i = 2; i <= largest; i++) table[i] = table[i - 1] + Math.log(i);
  return table;
}
