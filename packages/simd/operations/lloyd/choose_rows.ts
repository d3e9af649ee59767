import type { PlusPlusDraws } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type PackedAll } from "../../structure.ts";
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

/**
 * Allocates the arguments of a choice.
 *
 * @param uniforms Address of the numbers that decide the draws.
 */
export function placeChoice(
  regions: Regions,
  { n, rows, centroids, candidates, workspace }: CandidateRoom,
  { clusters, trials }: PlusPlusDraws,
  uniforms: number,
): { readonly given: PackedAll<typeof structures.jobs.chooseRows>; readonly chosenRows: number } {
  const chosenRows = regions.allocate(4 * clusters);
  const choice = pack(structures.choice, {
    ...{ uniforms, choices: clusters, chosenRows },
    ...{ cumulative: regions.allocate(8 * n), drawn: regions.allocate(4 * trials) },
  });
  const sketch = pack(structures.sketch, noSketch);
  return { given: [rows, sketch, centroids, candidates, choice, workspace], chosenRows };
}

/** Chooses rows by greedy k-means++ in one job. */
export function chooseRows(
  runtime: SimdRuntime,
  room: CandidateRoom,
  draws: PlusPlusDraws,
): Uint32Array {
  const { memory } = runtime;
  const regions = new Regions(memory);
  try {
    const choice = placeChoice(regions, room, draws, regions.place(draws.uniforms));
    runJob(runtime, "chooseRows", choice.given, 1);
    return Uint32Array.from(memory.int32(choice.chosenRows, draws.clusters));
  } finally {
    regions[Symbol.dispose]();
  }
}
