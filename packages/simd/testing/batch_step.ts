import type { BatchMeansSession, MaybePromise } from "@mixtape/operations";

/**
 * Makes one step of mini-batch k-means.
 *
 * @param session The data.
 * @param rows The rows of the batch.
 * @param centroids k × d numbers, changed in place.
 * @param seen Weights that each centroid has seen, k, changed in place.
 * @returns The inertia of the batch.
 */
export function batchStep(
  session: BatchMeansSession,
  rows: Uint32Array,
  centroids: Float64Array,
  seen: Float64Array,
): MaybePromise<number> {
  let found = NaN;
  const done = session.steps(centroids, seen, {
    size: rows.length,
    draw: () => rows,
    after(_rows, inertia) {
      found = inertia;
      return "end";
    },
  });
  return done instanceof Promise ? done.then(() => found) : found;
}
