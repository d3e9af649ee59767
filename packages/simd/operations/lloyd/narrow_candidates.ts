import type { MatrixValues, PlusPlusCandidates, PlusPlusDraws } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import * as choiceStructures from "./choice_structures.ts";
import { noScreen } from "./candidate_screen.ts";
import type { CandidateRoom } from "./choose_rows.ts";
import { NARROW_ROW, NARROW_TILE } from "./cluster_sizes.ts";
import { type LloydData, NARROW } from "./data.ts";
import { placeInPieces, takeInPieces } from "../../memory/place_values.ts";
import type { Regions } from "../../memory/regions.ts";
import { runJobInPieces } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of rows in a block of the kernel. */
const BLOCK = 1024;

/** Returns true for data that {@linkcode NarrowCandidates} takes: few columns, float32 as they are. */
export function isNarrow({ d, copied, rows }: LloydData): boolean {
  return rows.original > 0 && d <= NARROW && !copied;
}

/** Distances of all rows of few columns to rows that could become centroids. */
export class NarrowCandidates implements Disposable {
  readonly #runtime: SimdRuntime;
  readonly #regions: Regions;
  readonly #data: LloydData;
  readonly #values: MatrixValues;
  readonly #packed: Packed<typeof structures.data>;
  readonly #workspace: Packed<typeof structures.workspace>;
  /** Number of rows, rounded up to a multiple of four. */
  readonly #stride: number;
  readonly #blocks: number;
  readonly #closest: number;
  /** Room for so many candidates. */
  #room = 0;
  #places = { points: 0, candidateDistances: 0, potentials: 0 };
  #rows = new Uint32Array();

  constructor(runtime: SimdRuntime, regions: Regions, data: LloydData, values: MatrixValues) {
    const { n, d } = data;
    this.#runtime = runtime;
    this.#regions = regions;
    this.#data = data;
    this.#values = values;
    this.#stride = Math.ceil(n / 4) * 4;
    this.#blocks = Math.ceil(n / BLOCK);
    this.#closest = regions.zeros(8 * this.#stride);
    // Differences of the values as given are exact where centred ones would be rounded.
    const rows = { ...data.rows, dense: data.rows.original, mean: regions.zeros(8 * d) };
    this.#packed = pack(structures.data, rows);
    const scratchBytes = NARROW_TILE * NARROW_ROW;
    const scratch = regions.allocate(scratchBytes * runtime.threads);
    this.#workspace = pack(structures.workspace, { scratch, scratchBytes });
  }

  /**
   * Returns, for each candidate, the sum of distances to the closest centroid if the candidate were
   * one.
   */
  *candidates(rows: Uint32Array, closest: Float64Array): Work<PlusPlusCandidates> {
    const { d } = this.#data;
    const { memory } = this.#runtime;
    const k = rows.length;
    this.#makeRoom(k);
    const points = memory.float64(this.#places.points, k * d);
    rows.forEach((row, j) => points.set(this.#values.subarray(row * d, (row + 1) * d), j * d));
    yield* placeInPieces(this.#runtime, closest, this.#closest);
    this.#rows = rows.slice();
    yield* this.#measure(k);
    const potentials = new Float64Array(k);
    const parts = memory.float64(this.#places.potentials, k * this.#blocks);
    for (let at = 0; at < parts.length; at++) potentials[at % k] += parts[at];
    return { potentials };
  }

  #measure(k: number): Work<void> {
    const { n, d } = this.#data;
    const given = [this.#packed, this.#centroids(k), this.#candidates(0), this.#workspace] as const;
    const work = n * d * (k + 2);
    return runJobInPieces(this.#runtime, "measureNarrow", given, this.#blocks, work);
  }

  /** Lowers `closest` wherever row `row` is nearer. */
  *accept(row: number, closest: Float64Array): Work<void> {
    const { n } = this.#data;
    if (!this.#rows.includes(row)) yield* this.candidates(new Uint32Array([row]), closest);
    yield* placeInPieces(this.#runtime, closest, this.#closest);
    const chosen = this.#candidates(this.#rows.indexOf(row));
    const given = [this.#packed, chosen] as const;
    yield* runJobInPieces(this.#runtime, "lowerNarrow", given, this.#blocks, 4 * n);
    yield* takeInPieces(this.#runtime, this.#closest, closest);
  }

  /** Returns the room in which rows are chosen, each from so many candidates. */
  roomToChoose({ trials }: Pick<PlusPlusDraws, "trials">): CandidateRoom {
    this.#makeRoom(trials);
    this.#rows = new Uint32Array();
    return {
      ...{ n: this.#data.n, rows: this.#packed, workspace: this.#workspace },
      ...{ centroids: this.#centroids(trials), candidates: this.#candidates(0) },
      measure: () => this.#measure(trials),
    };
  }

  #makeRoom(k: number): void {
    if (k <= this.#room) return;
    const regions = this.#regions;
    if (this.#room > 0) Object.values(this.#places).forEach((address) => regions.free(address));
    this.#room = 0;
    this.#places = {
      points: regions.allocate(8 * k * this.#data.d),
      candidateDistances: regions.allocate(4 * k * this.#stride),
      potentials: regions.allocate(8 * k * this.#blocks),
    };
    this.#room = k;
  }

  #centroids(k: number): Packed<typeof structures.centroids> {
    const none = {
      ...{ former: 0, panels: 0, narrow: 0, quantised: 0, units: 0, centre: 0, sketchPanels: 0 },
      ...{ screenPanels: 0, screenUnits: 0, screenLengths: 0, screenErrors: 0 },
      ...{ moves: -1, moveColumns: 0, movedCentroids: 0 },
      ...{ bias: 0, shift: 0, splats: 0, facts: 0 },
    };
    return pack(structures.centroids, {
      ...none,
      k,
      width: k,
      together: 1,
      centroids: this.#places.points,
    });
  }

  #candidates(chosen: number): Packed<typeof choiceStructures.candidates> {
    const { candidateDistances, potentials } = this.#places;
    const values: Values<typeof choiceStructures.candidates> = {
      ...{ candidateDistances, potentials, chosen, ...noScreen },
      closest: this.#closest,
    };
    return pack(choiceStructures.candidates, values);
  }

  [Symbol.dispose](): void {
    this.#regions[Symbol.dispose]();
  }
}
