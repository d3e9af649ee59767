import type { HostMatrix, Nearest } from "@mixtape/operations";
import { Gpu } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import { distancesTo } from "./lloyd/lloyd_on_host.ts";
import { RowLabels } from "./lloyd/row_labels.ts";
import { canScore, TOO_LARGE } from "./lloyd/turns.ts";
import { onProcessor } from "./processor.ts";
import { RowStore } from "./row_store.ts";
import { isSmallNearest } from "./small_problems.ts";

/** Finds the nearest centroid of each row. */
export async function nearest(
  { attrs, backend }: NamedCall<"MixtapeNearest">,
): Promise<Nearest> {
  if (backend.leavesSmall && isSmallNearest(attrs)) {
    return await onProcessor("MixtapeNearest", attrs, "it is small");
  }
  const { x, centroids, labelsAlone } = attrs;
  const gpu = new Gpu(backend);
  const [, d] = x.shape;
  if (!canScore(d, attrs.k, gpu.mostBytes)) {
    return await onProcessor("MixtapeNearest", attrs, TOO_LARGE);
  }
  // The caller may change them before the device is done.
  const own: HostMatrix = { values: x.values.slice(), shape: x.shape };
  const points = centroids.slice();
  const bad = rowsNotFinite(own);
  const store = new RowStore(gpu, own);
  const rowLabels = new RowLabels(gpu, store, own);
  try {
    const labels = await rowLabels.of(points);
    for (const row of bad) labels[row] = -1;
    const isEnough = labelsAlone || bad.length > 0;
    const distances = isEnough ? new Float64Array(0) : distancesTo(own, labels, points);
    const [row] = bad;
    if (row === undefined) return { labels, distances };
    const values = own.values.slice(row * d, (row + 1) * d);
    return { labels, distances, notFinite: { row, x: { values, shape: [1, d] } } };
  } finally {
    rowLabels[Symbol.dispose]();
    store[Symbol.dispose]();
  }
}

function rowsNotFinite({ values, shape: [, d] }: HostMatrix): number[] {
  if (values instanceof Uint8Array) return [];
  const rows: number[] = [];
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at])) continue;
    const row = Math.floor(at / d);
    rows.push(row);
    at = (row + 1) * d - 1;
  }
  return rows;
}
