import type { Nearest } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack } from "../../structure.ts";
import type { LloydData } from "./data.ts";
import { CentroidPlace } from "./placement.ts";
import { Regions } from "../../memory/regions.ts";
import { runJob } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Rows of a block of `findNearest`. */
const BLOCK = 64;

/** Finds the nearest of `k` centroids for every row. */
export function findNearest(
  runtime: SimdRuntime,
  data: LloydData,
  centroids: Float64Array,
  k: number,
): Nearest {
  const regions = new Regions(runtime.memory);
  try {
    return findWithin(runtime, regions, data, centroids, k);
  } finally {
    regions[Symbol.dispose]();
  }
}

function findWithin(
  runtime: SimdRuntime,
  regions: Regions,
  data: LloydData,
  centroids: Float64Array,
  k: number,
): Nearest {
  const { memory, threads } = runtime;
  const { n } = data;
  const place = new CentroidPlace(runtime, regions, data, k);
  const { precision } = place.place(centroids);
  const rowLabels = regions.allocate(4 * n);
  const distances = regions.allocate(8 * n);
  const scratchBytes = 4 * BLOCK * (1 + place.values.width);
  const scratch = regions.allocate(scratchBytes * threads);
  runJob(runtime, "findNearest", [
    data.packed,
    place.packed,
    precision,
    pack(structures.distances, { rowLabels, distances }),
    pack(structures.workspace, { scratch, scratchBytes }),
  ], Math.ceil(n / BLOCK));
  return {
    labels: memory.int32(rowLabels, n).slice(),
    distances: memory.float64(distances, n).slice(),
  };
}
