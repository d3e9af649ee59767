import type { DistanceSumsAttributes, DistanceSumsSession } from "@mixtape/operations";
import { distance, squaredDistances } from "../distances.ts";

/** Distances of a step, and squares that are added for them at most: some 10 ms of work. */
const STEP_DISTANCES = 2 ** 17;
const STEP_SQUARES = 2 ** 23;

/** Adds distances in plain loops, a block of rows per step. */
export function openReferenceDistanceSums(
  { x, labelings }: DistanceSumsAttributes,
): DistanceSumsSession {
  const [n, d] = x.shape;
  const all = labelings.map(({ labels, clusters }) => ({
    labels,
    clusters,
    sums: new Float64Array(n * clusters),
  }));
  const blocks = squaredDistances(
    x,
    x,
    Math.max(1, Math.floor(Math.min(STEP_DISTANCES, STEP_SQUARES / d) / n)),
  );
  return {
    advance() {
      const { value: block, done } = blocks.next();
      if (done) return false;
      for (let i = block.start; i < block.end; i++) {
        const row = block.values.subarray((i - block.start) * n, (i - block.start + 1) * n);
        for (let j = 0; j < n; j++) row[j] = distance(x, i, x, j, row[j]);
        for (const { labels, clusters, sums } of all) {
          for (let j = 0; j < n; j++) sums[i * clusters + labels[j]] += row[j];
        }
      }
      return block.end < n;
    },
    sums: () => all.map(({ sums }) => sums),
    [Symbol.dispose]: () => {},
  };
}
