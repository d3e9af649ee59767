import type { PlusPlusDraws } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type PackedAll } from "../../structure.ts";
import * as choiceStructures from "./choice_structures.ts";
import { noSketch } from "./data.ts";
import { type Regions, workWithRegions } from "../../memory/regions.ts";
import type { Work } from "../../turns.ts";
import { runJob } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Most multiply-adds of a choice: the event loop does not turn meanwhile. */
const MOST = 2 ** 22;

/** Most rows of which a choice is made by jobs: one passes over all of them on the caller alone, in some milliseconds. */
const MOST_ROWS = 2 ** 22;

/** The structures that candidates are measured with, and memory for it. */
export interface CandidateRoom {
  /** Number of rows. */
  readonly n: number;
  readonly rows: Packed<typeof structures.data>;
  readonly centroids: Packed<typeof structures.centroids>;
  readonly candidates: Packed<typeof choiceStructures.candidates>;
  readonly workspace: Packed<typeof structures.workspace>;
  /** Prepares measurements, if there is anything to prepare. */
  readonly prepare?: () => Work<void> | undefined;
  /** Measures the candidates that the room holds. */
  readonly measure: () => Work<void>;
}

/** Returns true if kernels choose rows, which need them as they are given. */
export function canChoose({ n, rows }: { n: number; rows: { original: number } }): boolean {
  return rows.original > 0 && n <= MOST_ROWS;
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
): {
  /** The arguments when candidates have been drawn for so many rows. */
  readonly given: (chosenSoFar: number) => PackedAll<typeof structures.jobs.chooseRows>;
  readonly chosenRows: number;
} {
  const chosenRows = regions.allocate(4 * clusters);
  const choice = {
    ...{ uniforms, choices: clusters, chosenRows },
    ...{ cumulative: regions.allocate(8 * n), drawn: regions.allocate(4 * trials) },
  };
  const sketch = pack(structures.sketch, noSketch);
  const given = (chosenSoFar: number) => {
    const packed = pack(choiceStructures.choice, { ...choice, chosenSoFar });
    return [rows, sketch, centroids, candidates, packed, workspace] as const;
  };
  return { given, chosenRows };
}

/** Chooses rows by greedy k-means++: in one job, or in one per row, between which threads measure candidates. */
export function chooseRows(
  runtime: SimdRuntime,
  room: CandidateRoom,
  draws: PlusPlusDraws,
  inOneJob: boolean,
): Work<Uint32Array> {
  return workWithRegions(runtime.memory, function* (regions) {
    const { clusters, uniforms } = draws;
    const { given, chosenRows } = placeChoice(regions, room, draws, regions.place(uniforms));
    if (inOneJob) runJob(runtime, "chooseRows", given(0), 1);
    else {
      yield* room.prepare?.() ?? [];
      for (let chosen = 0; chosen < clusters; chosen++) {
        runJob(runtime, "drawCandidates", given(chosen), 1);
        yield* room.measure();
        yield* runtime.turns.offer();
      }
      runJob(runtime, "drawCandidates", given(clusters), 1);
    }
    return Uint32Array.from(runtime.memory.int32(chosenRows, clusters));
  });
}
