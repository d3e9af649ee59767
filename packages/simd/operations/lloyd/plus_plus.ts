import type { MatrixValues, PlusPlusCandidates, PlusPlusDraws } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import * as choiceStructures from "./choice_structures.ts";
import { type CandidateRoom, isSmallChoice } from "./choose_rows.ts";
import type { LloydData } from "./data.ts";
import { CentroidPlace } from "./placement.ts";
import { placeInPieces, takeInPieces } from "../../memory/place_values.ts";
import { buildInRegions, Regions } from "../../memory/regions.ts";
import { CandidateScreen, noScreen, screensCandidates } from "./candidate_screen.ts";
import { runJobInPieces } from "./run_job.ts";
import { screenScratchBytes } from "./screens.ts";
import * as structures from "./structures.ts";

/** Number of rows in a block, and in a tile of it, of `measureCandidates`. */
const BLOCK = 256;
const TILE = 64;

/** Room for so many candidates, and for the distances to them. */
interface Room {
  readonly count: number;
  readonly regions: Regions;
  readonly place: CentroidPlace;
  readonly candidates: Omit<Values<typeof choiceStructures.candidates>, keyof typeof noScreen>;
  readonly workspace: Packed<typeof structures.workspace>;
  readonly screen: CandidateScreen | undefined;
}

/** Distances of all rows to rows that could become centroids. */
export class CandidateDistances implements Disposable {
  readonly #runtime: SimdRuntime;
  readonly #data: LloydData;
  readonly #values: MatrixValues;
  readonly #regions: Regions;
  readonly #closest: number;
  #room: Room | undefined;
  /** The candidates that were measured last. */
  #rows = new Uint32Array();

  constructor(runtime: SimdRuntime, data: LloydData, values: MatrixValues) {
    this.#runtime = runtime;
    this.#data = data;
    this.#values = values;
    this.#regions = new Regions(runtime.memory);
    this.#closest = this.#regions.allocate(8 * data.n);
  }

  /**
   * Returns, for each candidate, the sum of distances to the closest centroid if the candidate were
   * one.
   */
  *candidates(rows: Uint32Array, nearest: Float64Array): Work<PlusPlusCandidates> {
    const { n, d } = this.#data;
    const { memory } = this.#runtime;
    const k = rows.length;
    const { place, candidates } = this.#roomFor(k, false);
    this.#rows = new Uint32Array();
    const points = new Float64Array(k * d);
    rows.forEach((row, j) => points.set(this.#values.subarray(row * d, (row + 1) * d), j * d));
    // A score that is not a number is measured again in float64.
    place.placeInPlay(points);
    yield* placeInPieces(this.#runtime, nearest, this.#closest);
    yield* this.#measure(this.#room!);
    this.#rows = rows.slice();
    const potentials = new Float64Array(k);
    const { width } = place.values;
    const parts = memory.float64(candidates.potentials, width * Math.ceil(n / BLOCK));
    for (let from = 0; from < parts.length; from += width) {
      for (let j = 0; j < k; j++) potentials[j] += parts[from + j];
    }
    return { potentials };
  }

  #measure(room: Room): Work<void> {
    const { n, d } = this.#data;
    return this.#run("measureCandidates", room, room.screen?.next(), n * d * (room.count + 2));
  }

  #run(
    job: "measureCandidates" | "screenRows",
    { place, candidates, workspace }: Room,
    screen: typeof noScreen = noScreen,
    multiplyAdds: number,
  ): Work<void> {
    const { n, packed } = this.#data;
    const to = pack(choiceStructures.candidates, { ...candidates, ...screen });
    const given = [packed, place.packed, to, workspace] as const;
    return runJobInPieces(this.#runtime, job, given, Math.ceil(n / BLOCK), multiplyAdds);
  }

  /** Lowers `closest` wherever row `row` is nearer. */
  *accept(row: number, closest: Float64Array): Work<void> {
    const { n, packed } = this.#data;
    if (!this.#rows.includes(row)) yield* this.candidates(new Uint32Array([row]), closest);
    const { place, candidates } = this.#room!;
    yield* placeInPieces(this.#runtime, closest, this.#closest);
    const chosen = { ...candidates, ...noScreen, chosen: this.#rows.indexOf(row) };
    const given = [packed, place.packed, pack(choiceStructures.candidates, chosen)] as const;
    yield* runJobInPieces(this.#runtime, "lowerClosest", given, Math.ceil(n / BLOCK), 4 * n);
    yield* takeInPieces(this.#runtime, this.#closest, closest);
  }

  /** Returns the room in which rows are chosen, each from so many candidates. */
  roomToChoose(draws: PlusPlusDraws): CandidateRoom {
    const { n, d, packed: rows } = this.#data;
    const screened = !isSmallChoice(this.#runtime, this.#data, draws) &&
      screensCandidates(this.#runtime, this.#data, draws.clusters);
    const room = this.#roomFor(draws.trials, screened);
    this.#rows = new Uint32Array();
    return {
      ...{ n, rows, centroids: room.place.packed, workspace: room.workspace },
      candidates: pack(choiceStructures.candidates, { ...room.candidates, ...noScreen }),
      prepare: () => room.screen && this.#run("screenRows", room, room.screen.rows, n * d * 4),
      measure: () => this.#measure(room),
    };
  }

  /** Returns the room that there is, or makes room for another number of candidates, or with bounds of products. */
  #roomFor(count: number, screened: boolean): Room {
    if (this.#room?.count === count && (this.#room.screen || !screened)) return this.#room;
    this.#closeRoom();
    return this.#room = buildInRegions(this.#runtime.memory, (regions) => {
      const { n, d } = this.#data;
      const place = new CentroidPlace(this.#runtime, regions, this.#data, count, { screened });
      const { width } = place.values;
      // A tile with its products and two lists, or a centred candidate on its way to integers.
      const centred = 64 * Math.ceil(d / 8) + (screened ? screenScratchBytes(d) : 0);
      const scratchBytes = Math.max(4 * TILE * (2 + width), centred);
      const scratch = regions.allocate(scratchBytes * this.#runtime.threads);
      const candidates = {
        candidateDistances: regions.allocate(4 * n * width),
        potentials: regions.allocate(8 * width * Math.ceil(n / BLOCK)),
        ...{ closest: this.#closest, chosen: 0 },
      };
      const workspace = pack(structures.workspace, { scratch, scratchBytes });
      const screen = screened ? new CandidateScreen(regions, n, d) : undefined;
      return { count, regions, place, candidates, workspace, screen };
    });
  }

  #closeRoom(): void {
    this.#room?.regions[Symbol.dispose]();
    this.#room = undefined;
  }

  [Symbol.dispose](): void {
    this.#closeRoom();
    this.#regions[Symbol.dispose]();
  }
}
