import { CompensatedSum } from "./compensated_sum.ts";
import type { ContingencyTable } from "./contingency_table.ts";

/**
 * Returns the mean mutual information, in nats, over all tables with the same class and cluster
 * sizes, whose cells follow a hypergeometric distribution.
 *
 * The mean of a cell depends only on the sizes of its class and its cluster, and n rows cannot have
 * more than √(2n) parts of different sizes, so the sum runs over pairs of sizes rather than pairs
 * of parts.
 *
 * @see Vinh, Epps & Bailey (2010), https://www.jmlr.org/papers/v11/vinh10a.html
 */
export function expectedMutualInformation(
  { classSizes, clusterSizes, total }: ContingencyTable,
): number {
  const clusters = countsOf(clusterSizes);
  const sum = new CompensatedSum();
  for (const [a, classes] of countsOf(classSizes)) {
    for (const [b, parts] of clusters) sum.add(classes * parts * expectedTerm(a, b, total));
  }
  return sum.value;
}

/** Counts the parts of each size. */
function countsOf(sizes: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return counts;
}

/** Largest probability, relative to the greatest one, that changes no digit of a mean. */
const negligible = 1e-25;

/**
 * Returns the mean of count/n · log(n·count / ab) for a class of a rows and a cluster of b rows.
 * Probabilities are built up from the likeliest count by ratios of neighbours and divided by their
 * sum: differences of log-factorials, as large as n·log n, would lose as many digits as that number
 * has.
 */
function expectedTerm(a: number, b: number, n: number): number {
  const least = Math.max(0, a + b - n);
  const most = Math.min(a, b);
  const likeliest = Math.min(most, Math.max(least, Math.floor((a + 1) * (b + 1) / (n + 2))));
  const term = (count: number) => count === 0 ? 0 : count / n * Math.log((n / a) * (count / b));
  let chances = 1;
  let sum = term(likeliest);
  let chance = 1;
  for (let count = likeliest + 1; count <= most && chance > negligible; count++) {
    chance *= (a - count + 1) * (b - count + 1) / (count * (n - a - b + count));
    chances += chance;
    sum += chance * term(count);
  }
  chance = 1;
  for (let count = likeliest - 1; count >= least && chance > negligible; count--) {
    chance *= (count + 1) * (n - a - b + count + 1) / ((a - count) * (b - count));
    chances += chance;
    sum += chance * term(count);
  }
  return sum / chances;
}
