import type { HostMatrix } from "@mixtape/operations";
import type { Gpu } from "../../gpu.ts";
import type { RowStore } from "../row_store.ts";
import { LloydBuffers } from "./lloyd_buffers.ts";
import { nearestTo } from "./lloyd_on_host.ts";

/** Length of centroids beyond which float32 scores could overflow, in units of the device. */
const LONGEST = 1e15;

/**
 * Finds the nearest centroid of each row, as float64 does: the device scores rows, and the host
 * measures those whose scores are nearer than their rounding errors.
 */
export async function labelRows(
  gpu: Gpu,
  store: RowStore,
  x: HostMatrix,
  centroids: Float64Array,
): Promise<Int32Array> {
  const [n, d] = x.shape;
  const points = store.convert(centroids);
  if (!points.every((value) => Math.abs(value) < LONGEST)) {
    return Int32Array.from({ length: n }, (_, row) => nearestTo(x, row, centroids));
  }
  const buffers = new LloydBuffers(gpu, store, n, d, centroids.length / d, 0);
  try {
    buffers.place(points);
    const batch = await buffers.run(1, undefined);
    const labels = batch.labels(0, n);
    for (const row of await buffers.rowsListed(batch, 0, "contested")) {
      labels[row] = nearestTo(x, row, centroids);
    }
    return labels;
  } finally {
    buffers[Symbol.dispose]();
  }
}
