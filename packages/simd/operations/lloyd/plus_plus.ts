import type { MatrixValues, PlusPlusCandidates } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import type { CandidateRoom } from "./choose_rows.ts";
import type { LloydData } from "./data.ts";
import { CentroidPlace } from "./placement.ts";
import { placeInPieces, takeInPieces } from "../../memory/place_values.ts";
import { buildInRegions, Regions } from "../../memory/regions.ts";
import { runJobInPieces } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of rows in a block, and in a tile of it, of `measureCandidates`. */
const BLOCK = 1024;
const TILE = 64;

/** Room for so many candidates, and for the distances to them. */
interface Room {
  readonly count: number;
  readonly regions: Regions;
  readonly place: CentroidPlace;
  readonly candidates: Values<typeof structures.candidates>;
  readonly workspace: Packed<typeof structures.workspace>;
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
    const { n, d, packed } = this.#data;
    const { memory } = this.#runtime;
    const k = rows.length;
    const { place, candidates, workspace } = this.#roomFor(k);
    this.#rows = new Uint32Array();
    const points = new Float64Array(k * d);
    rows.forEach((row, j) => points.set(this.#values.subarray(row * d, (row + 1) * d), j * d));
    // A score that is not a number is measured again in float64.
    place.placeInPlay(points);
    yield* placeInPieces(this.#runtime, nearest, this.#closest);
    const given = [
      packed,
      place.packed,
      pack(structures.candidates, candidates),
      workspace,
    ] as const;
    const blocks = Math.ceil(n / BLOCK);
    yield* runJobInPieces(this.#runtime, "measureCandidates", given, blocks, n * d * (k + 2));
    this.#rows = rows.slice();
    const potentials = new Float64Array(k);
    const { width } = place.values;
    const parts = memory.float64(candidates.potentials, width * blocks);
    for (let from = 0; from < parts.length; from += width) {
      for (let j = 0; j < k; j++) potentials[j] += parts[from + j];
    }
    return { potentials };
  }

  /** Lowers `closest` wherever row `row` is nearer. */
  *accept(row: number, closest: Float64Array): Work<void> {
    const { n, packed } = this.#data;
    if (!this.#rows.includes(row)) yield* this.candidates(new Uint32Array([row]), closest);
    const { place, candidates } = this.#room!;
    yield* placeInPieces(this.#runtime, closest, this.#closest);
    const chosen = { ...candidates, chosen: this.#rows.indexOf(row) };
    const given = [packed, place.packed, pack(structures.candidates, chosen)] as const;
    yield* runJobInPieces(this.#runtime, "lowerClosest", given, Math.ceil(n / BLOCK), 4 * n);
    yield* takeInPieces(this.#runtime, this.#closest, closest);
  }

  /** Returns the room in which rows are chosen, each from so many candidates. */
  roomToChoose(trials: number): CandidateRoom {
    const { n, packed: rows } = this.#data;
    const { place, candidates, workspace } = this.#roomFor(trials);
    this.#rows = new Uint32Array();
    const packed = pack(structures.candidates, candidates);
    return { n, rows, centroids: place.packed, workspace, candidates: packed };
  }

  /** Returns the room that there is, or makes room for another number of candidates. */
  #roomFor(count: number): Room {
    if (this.#room?.count === count) return this.#room;
    this.#closeRoom();
    return this.#room = buildInRegions(this.#runtime.memory, (regions) => {
      const { n, d } = this.#data;
      const place = new CentroidPlace(this.#runtime, regions, this.#data, count);
      const { width } = place.values;
      // A tile with its products, or a centred candidate.
      const scratchBytes = Math.max(4 * TILE * (1 + width), 64 * Math.ceil(d / 8));
      const scratch = regions.allocate(scratchBytes * this.#runtime.threads);
      const candidates = {
        candidateDistances: regions.allocate(4 * n * width),
        potentials: regions.allocate(8 * width * Math.ceil(n / BLOCK)),
        ...{ closest: this.#closest, chosen: 0 },
      };
      const workspace = pack(structures.workspace, { scratch, scratchBytes });
      return { count, regions, place, candidates, workspace };
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
