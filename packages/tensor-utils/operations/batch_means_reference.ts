import type { BatchMeansAttributes, BatchMeansSession, LloydStep } from "@mixtape/operations";
import { pacer } from "../abort.ts";
import { disposing } from "../disposing.ts";
import { takeRows } from "../matrix.ts";
import { openLloydOnce } from "./lloyd.ts";

/**
 * Opens the reference composition of `MixtapeBatchMeans`: each batch is gathered, for one step of
 * `MixtapeLloyd`.
 */
export function openReferenceBatchMeans(
  { x, sampleWeight, signal }: BatchMeansAttributes,
): BatchMeansSession {
  const step = async (rows: Uint32Array, centroids: Float64Array, seen: Float64Array) => {
    const weights = sampleWeight && Float64Array.from(rows, (row) => sampleWeight[row]);
    return await disposing(openLloydOnce(takeRows(x, rows), weights, signal), async (session) => {
      const step = await session.step(centroids);
      moveToMeans(step, centroids, seen);
      return step.inertia;
    });
  };
  return {
    async steps(centroids, seen, { draw, after }) {
      const pace = pacer(signal);
      for (let rows = draw(); rows; rows = draw()) {
        await pace();
        if (after(rows, await step(rows, centroids, seen)) === "end") return;
      }
    },
    [Symbol.dispose]: () => {},
  };
}

/** Moves centroids to the means of all rows that they have seen, those of a step among them. */
function moveToMeans(
  { sums, counts }: LloydStep,
  centroids: Float64Array,
  seen: Float64Array,
): void {
  const d = centroids.length / seen.length;
  for (let cluster = 0; cluster < seen.length; cluster++) {
    if (counts[cluster] === 0) continue;
    const before = seen[cluster];
    seen[cluster] += counts[cluster];
    for (let at = cluster * d; at < (cluster + 1) * d; at++) {
      centroids[at] = (centroids[at] * before + sums[at]) / seen[cluster];
    }
  }
}
