import type { Nearest, SumOfDistances } from "@mixtape/operations";
import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import { pack } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import { inStages } from "../in_stages.ts";
import { LONG, NARROW_BLOCK, NARROW_ROW, NARROW_STAGE, NARROW_TILE } from "./cluster_sizes.ts";
import type { LloydData } from "./data.ts";
import { addSquares } from "./inertia_of_sums.ts";
import type { CentroidPlace, Placed } from "./placement.ts";
import { runJob } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of stages from which one beside the others takes little, where a sum cannot be told after it. */
const FEWEST_STAGES = 4;

/**
 * Finds the nearest centroid of each row of few columns and the sum of the distances, a stage at a time: the caller
 * copies labels and adds up distances, one by one, while other threads find the next.
 *
 * @param placed Bounds that placing the centroids gave.
 * @returns Labels and the sum; undefined if a distance overflowed or vanished, stages would be few, or take long.
 */
export function* sumNarrow(
  runtime: SimdRuntime,
  regions: Regions,
  data: LloydData,
  { packed, values: { k } }: CentroidPlace,
  { precision }: Placed,
  { from, weights }: SumOfDistances,
): Work<Nearest | undefined> {
  const { memory, threads } = runtime;
  const { n, d } = data;
  const rows = NARROW_STAGE;
  const perRow = d * (k + 4);
  if (n < FEWEST_STAGES * rows || rows * perRow > LONG) return undefined;
  const places = [0, 1].map(() => ({
    rowLabels: regions.allocate(4 * rows),
    distances: regions.allocate(8 * rows),
  }));
  const scratchBytes = NARROW_TILE * NARROW_ROW;
  const scratch = regions.allocate(scratchBytes * threads);
  const workspace = pack(structures.workspace, { scratch, scratchBytes });
  const placeOf = (start: number) => places[start / rows % 2];
  const labels = new Int32Array(n);
  let sum: number | undefined = from;
  yield* inStages({
    ...{ n, rows, read: () => {} },
    work(start, end, meanwhile) {
      if (sum === undefined) return;
      const found = pack(structures.distances, placeOf(start));
      const given = [data.packedFrom(start, end), packed, precision, found, workspace] as const;
      const blocks = Math.ceil((end - start) / NARROW_BLOCK);
      const multiplyAdds = (end - start) * perRow;
      runJob(runtime, "findNarrow", given, blocks, { before: meanwhile, multiplyAdds });
    },
    write(start, end) {
      if (sum === undefined) return;
      const { rowLabels, distances } = placeOf(start);
      labels.set(memory.int32(rowLabels, end - start), start);
      sum = addSquares(sum, memory.float64(distances, end - start), weights?.subarray(start, end));
    },
  }, runtime.turns);
  return sum === undefined ? undefined : { labels, distances: new Float64Array(0), sum };
}
