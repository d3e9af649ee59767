import type { Nearest } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { lloyd } from "../../module/lloyd.ts";
import type { LloydData } from "./data.ts";
import { frameArguments } from "./frame.ts";
import { CentroidPlace } from "./placement.ts";
import { Regions } from "../../memory/regions.ts";

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
  const place = new CentroidPlace(runtime, regions, data, k, 0);
  const { frame } = place.place(centroids);
  const count = data.n;
  const list = Uint32Array.from({ length: count }, (_, i) => i);
  const labels = regions.allocate(4 * count);
  const distances = regions.allocate(8 * count);
  const scratchBytes = 4 * BLOCK * place.frame.width!;
  const job = {
    ...place.frame,
    ...frame,
    ...{ labels, distances, records: regions.place(list), recordBytes: count },
    ...{ scratch: regions.allocate(scratchBytes * threads), scratchBytes },
  };
  runtime.run(lloyd, "findNearest", frameArguments(job), Math.ceil(count / BLOCK));
  return {
    labels: memory.int32(labels, count).slice(),
    distances: memory.float64(distances, count).slice(),
  };
}
