import type { PlusPlusDraws } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed } from "../../structure.ts";
import { noSketch } from "./data.ts";
import { Regions } from "../../memory/regions.ts";
import { runJob } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Most multiply-adds of a choice: the event loop does not turn meanwhile. */
const MOST = 2 ** 22;

/** The structures that candidates are measured with, and memory for it. */
export interface CandidateRoom {
  /** Number of rows. */
  readonly n: number;
  readonly rows: Packed<typeof structures.data>;
  readonly centroids: Packed<typeof structures.centroids>;
  readonly candidates: Packed<typeof structures.candidates>;
  readonly workspace: Packed<typeof structures.workspace>;
  /** Address of the squared distance of each row to the closest centroid so far. */
  readonly closest: number;
}

/** Returns true if the rows that greedy k-means++ chooses are found soonest by one thread, in one job. */
export function isSmallChoice(
  runtime: SimdRuntime,
  { n, d, rows }: { n: number; d: number; rows: { original: number } },
  { clusters, trials }: PlusPlusDraws,
): boolean {
  const step = n * d * (trials + 2);
  return rows.original > 0 && runtime.isLittle(step) && clusters * step < MOST;
}

/** Chooses rows by greedy k-means++ in one job. */
export function chooseRows(
  runtime: SimdRuntime,
  { n, rows, centroids, candidates, workspace, closest }: CandidateRoom,
  { clusters, trials, uniforms }: PlusPlusDraws,
): Uint32Array {
  const { memory } = runtime;
  const regions = new Regions(memory);
  try {
    const chosenRows = regions.allocate(4 * clusters);
    const choice = pack(structures.choice, {
      ...{ uniforms: regions.place(uniforms), choices: clusters, chosenRows },
      ...{ cumulative: regions.allocate(8 * n), drawn: regions.allocate(4 * trials) },
    });
    memory.float64(closest, n).fill(Infinity);
    const sketch = pack(structures.sketch, noSketch);
    const given = [rows, sketch, centroids, candidates, choice, workspace] as const;
    runJob(runtime, "chooseRows", given, 1);
    return Uint32Array.from(memory.int32(chosenRows, clusters));
  } finally {
    regions[Symbol.dispose]();
  }
}
