import type { MatrixValues } from "@mixtape/operations";
import { buildInRegions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { LloydData } from "./data.ts";
import { isNarrow, NarrowCandidates } from "./narrow_candidates.ts";
import { CandidateDistances } from "./plus_plus.ts";

/** Makes room for candidates of k-means++, in the way that suits the data, whose numbers are `values`. */
export function openCandidates(
  runtime: SimdRuntime,
  data: LloydData,
  values: MatrixValues,
): CandidateDistances | NarrowCandidates {
  if (!isNarrow(data)) return new CandidateDistances(runtime, data, values);
  return buildInRegions(runtime.memory, (regions) => {
    return new NarrowCandidates(runtime, regions, data, values);
  });
}
