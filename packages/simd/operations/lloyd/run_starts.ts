import type { MatrixValues, PlusPlusDraws } from "@mixtape/operations";
import { type Regions, workWithRegions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import { isSmallChoice, placeChoice } from "./choose_rows.ts";
import type { LloydData } from "./data.ts";
import { openCandidates } from "./open_candidates.ts";
import type { runs } from "./run_structures.ts";

/** Start of each run, k × d numbers each, or what decides the rows that greedy k-means++ chooses for it. */
export type RunStarts = readonly Float64Array[] | readonly PlusPlusDraws[];

/** Starts as the kernel is given them. */
export type PlacedStarts = Pick<Values<typeof runs>, "starts" | "choiceRooms" | "choiceRoomBytes">;

/** Returns the number of clusters of runs; undefined if their starts take long to choose, or weights have a say. */
export function clustersOf(
  runtime: SimdRuntime,
  data: LloydData,
  starts: RunStarts,
): number | undefined {
  if (!areDrawn(starts)) return starts[0].length / data.d;
  const isSmall = !data.rows.weights && isSmallChoice(runtime, data, starts[0]);
  return isSmall ? starts[0].clusters : undefined;
}

/**
 * Works with starts in memory, or with room in which threads choose them.
 *
 * @param values The numbers of the data.
 * @param threads Number of threads that make runs.
 */
export function* withStarts<T>(
  runtime: SimdRuntime,
  { data, values, threads }: { data: LloydData; values: MatrixValues; threads: number },
  starts: RunStarts,
  work: (placed: PlacedStarts) => Work<T>,
): Work<T> {
  const candidates = Array.from(
    { length: areDrawn(starts) ? threads : 0 },
    () => openCandidates(runtime, data, values),
  );
  const place = (regions: Regions): PlacedStarts => {
    if (!areDrawn(starts)) {
      return { starts: regions.place(joined(starts)), choiceRooms: 0, choiceRoomBytes: 0 };
    }
    const uniforms = regions.place(joined(starts.map((draws) => draws.uniforms)));
    const rooms = candidates.map((own) => {
      const room = own.roomToChoose(starts[0]);
      const { given } = placeChoice(regions, room, starts[0], uniforms);
      return (given(0) as readonly (readonly number[])[]).flat();
    });
    const choiceRooms = regions.place(Float64Array.from(rooms.flat()));
    return { starts: 0, choiceRooms, choiceRoomBytes: 8 * rooms[0].length };
  };
  try {
    return yield* workWithRegions(runtime.memory, (regions) => work(place(regions)));
  } finally {
    for (const own of candidates) own[Symbol.dispose]();
  }
}

function areDrawn(starts: RunStarts): starts is readonly PlusPlusDraws[] {
  return !(starts[0] instanceof Float64Array);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.length * parts[0].length);
  parts.forEach((part, at) => all.set(part, at * part.length));
  return all;
}
