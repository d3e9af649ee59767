import type { LloydRun, LloydRunRules, MatrixValues } from "@mixtape/operations";
import { type Regions, workWithRegions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type PackedAll, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import { type ClusterSizes, clusterSizes } from "./cluster_sizes.ts";
import { allocateState, slopeByLength } from "./cluster_state.ts";
import { type LloydData, noSketch } from "./data.ts";
import { packRecords } from "./pack_records.ts";
import { CentroidPlace, noHistory } from "./placement.ts";
import { placeRooms } from "./rooms.ts";
import { runJobInPieces } from "./run_job.ts";
import { losses } from "./loss_structures.ts";
import { clustersOf, type PlacedStarts, type RunStarts, withStarts } from "./run_starts.ts";
import * as runStructures from "./run_structures.ts";
import * as structures from "./structures.ts";

/** Largest number of clusters: each is compared with each, to find equal ones. */
const MOST_CLUSTERS = 64;
/** Largest number of iterations of a run. */
const MOST_ITERATIONS = 1024;
/** Number of steps that a run is taken to have. */
const STEPS = 8;

/** Memory of a thread that makes runs. */
interface Room {
  readonly args: PackedAll<typeof structures.inRooms.run>;
  readonly run: Values<typeof runStructures.run>;
  readonly records: number;
}

/**
 * Makes whole runs of Lloyd's algorithm, each on one thread, where a step is too little work for more. Threads also
 * choose the starts of their runs.
 *
 * @param values The numbers of the data.
 * @returns The run of least inertia, the first of equals; undefined if the runs are to be made step by step, since
 * steps are worth several threads or need other bounds, or a run needs the host: a cluster lost its rows, or
 * centroids are equal.
 */
export function* makeRuns(
  runtime: SimdRuntime,
  data: LloydData,
  values: MatrixValues,
  starts: RunStarts,
  rules: LloydRunRules,
): Work<LloydRun | undefined> {
  const { n, d } = data;
  const k = clustersOf(runtime, data, starts);
  if (!k || k > MOST_CLUSTERS || !runtime.isLittle(n * d * k)) return undefined;
  const { sketchSize } = yield* data.sketchFor(runtime, k);
  const sizes = clusterSizes(data, k, sketchSize);
  if (sketchSize > 0 || sizes.pairs) return undefined;
  // A single run is of the caller's thread.
  const threads = starts.length > 1 ? runtime.threads : 1;
  return yield* withStarts(runtime, { data, values, threads }, starts, (placed) => {
    const given = { ...placed, runs: starts.length };
    return workWithRegions(
      runtime.memory,
      (regions) => makeWithin(runtime, regions, { data, sizes, k, threads }, given, rules),
    );
  });
}

function* makeWithin(
  runtime: SimdRuntime,
  regions: Regions,
  { data, sizes, k, threads }: {
    readonly data: LloydData;
    readonly sizes: ClusterSizes;
    readonly k: number;
    readonly threads: number;
  },
  placed: Pick<Values<typeof runStructures.runs>, "runs" | keyof PlacedStarts>,
  { maxIterations, tolerance, variance = -1 }: LloydRunRules,
): Work<LloydRun | undefined> {
  const { memory } = runtime;
  const { n, d } = data;
  const mostKept = Math.min(maxIterations, MOST_ITERATIONS);
  const abandoned = regions.zeros(4);
  const all = pack(runStructures.runs, {
    ...placed,
    ...{ tolerance, variance, mostKept, abandoned },
    mostIterations: Math.min(maxIterations, MOST_ITERATIONS + 1),
    ...{ totalSquares: data.totalSquares, originLength: data.rows.meanNorm },
    slopeByLength: slopeByLength(data),
  });
  const rooms: Room[] = [];
  while (rooms.length < threads) {
    rooms.push(openRoom(regions, runtime, data, sizes, k, mostKept, rooms[0]));
  }
  const [rows, sketch, centroids, state, , , , workspace] = rooms[0].args;
  const packing = [rows, sketch, centroids, state, workspace] as const;
  yield* packRecords(runtime, packing, n, sizes.recordBytes);
  const given = [placeRooms(regions, "run", rooms.map(({ args }) => args)), all] as const;
  const work = STEPS * placed.runs * n * k * d;
  yield* runJobInPieces(runtime, "makeRuns", given, placed.runs, work);
  if (memory.int32(abandoned, 1)[0]) return undefined;
  return bestOf(runtime, rooms, n, k * d);
}

/** Allocates a room; records of rows are those of the first. */
function openRoom(
  regions: Regions,
  runtime: SimdRuntime,
  data: LloydData,
  sizes: ClusterSizes,
  k: number,
  mostKept: number,
  first?: Room,
): Room {
  const { n, d } = data;
  const place = new CentroidPlace(runtime, regions, data, k);
  const state = allocateState(regions, place.values, data, sizes, false, first?.records);
  const run = {
    travelled: regions.allocate(8 * k),
    columnMeans: regions.allocate(8 * d),
    history: regions.allocate(8 * mostKept),
    outcome: regions.place(Float64Array.of(-1, 0, 0, 0)),
    bestCentroids: regions.allocate(8 * k * d),
    bestLabels: regions.allocate(4 * n),
    bestHistory: regions.allocate(8 * mostKept),
  };
  const { scratchBytes } = sizes;
  const args = [
    data.packed,
    pack(structures.sketch, noSketch),
    place.packed,
    pack(structures.state, state),
    noHistory,
    // What changes from step to step, the kernel sets.
    pack(structures.precision, { sharpness: 0, offset: 0, quantisation: 0 }),
    pack(structures.step, {
      ...{ slope: 0, squareSlope: 4 * data.rounding, largestDrift: 0 },
      ...{ fresh: 1, voidBounds: 2, moveRounding: 0, screens: 0 },
    }),
    pack(structures.workspace, { scratch: regions.allocate(scratchBytes), scratchBytes }),
    pack(structures.distances, {
      rowLabels: state.labels,
      distances: regions.allocate(8 * n),
    }),
    pack(losses, {
      ...data.reach,
      watch: 0,
      peaks: regions.allocate(8 * k * (d + 1)),
      again: regions.zeros(4 * k),
    }),
    pack(runStructures.run, run),
  ] as const;
  return { args, run, records: state.records };
}

/** Copies the best of the runs that rooms kept, the first of equals. */
function bestOf(
  { memory }: SimdRuntime,
  rooms: readonly Room[],
  n: number,
  numbers: number,
): LloydRun {
  const outcomes = rooms
    .map(({ run }) => ({ run, outcome: memory.float64(run.outcome, 4) }))
    .filter(({ outcome: [number] }) => number >= 0)
    .sort(({ outcome: a }, { outcome: b }) => a[1] - b[1] || a[0] - b[0]);
  const { run, outcome: [, inertia, iterations, converged] } = outcomes[0];
  return {
    centroids: memory.float64(run.bestCentroids, numbers).slice(),
    labels: memory.int32(run.bestLabels, n).slice(),
    inertia,
    inertiaHistory: memory.float64(run.bestHistory, iterations).slice(),
    iterations,
    converged: converged === 1,
  };
}
