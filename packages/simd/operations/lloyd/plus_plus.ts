import type { MatrixValues, PlusPlusCandidates } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import type { LloydData } from "./data.ts";
import { CentroidPlace } from "./placement.ts";
import { Regions, workInRegions } from "../../memory/regions.ts";
import { runJobInPieces } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of rows in a block, and in a tile of it, of `measureCandidates`. */
const BLOCK = 1024;
const TILE = 64;

/** Distances to the candidates that were measured last. */
interface Round {
  readonly regions: Regions;
  readonly rows: Uint32Array;
  readonly centroids: Packed<typeof structures.centroids>;
  readonly candidates: Values<typeof structures.candidates>;
}

/** Distances of all rows to rows that could become centroids. */
export class CandidateDistances implements Disposable {
  readonly #runtime: SimdRuntime;
  readonly #data: LloydData;
  readonly #values: MatrixValues;
  readonly #regions: Regions;
  readonly #closest: number;
  #round: Round | undefined;

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
  *candidates(rows: Uint32Array, closest: Float64Array): Work<PlusPlusCandidates> {
    this.#closeRound();
    return yield* workInRegions(this.#runtime.memory, (regions) => {
      return this.#measure(regions, rows, closest);
    });
  }

  *#measure(
    regions: Regions,
    rows: Uint32Array,
    nearest: Float64Array,
  ): Work<PlusPlusCandidates> {
    const { n, d, packed } = this.#data;
    const { memory, threads } = this.#runtime;
    const k = rows.length;
    const points = new Float64Array(k * d);
    rows.forEach((row, j) => points.set(this.#values.subarray(row * d, (row + 1) * d), j * d));
    const place = new CentroidPlace(this.#runtime, regions, this.#data, k);
    const { scored } = place.place(points);
    const { width } = place.values;
    const closest = this.#closest;
    memory.float64(closest, n).set(nearest);
    const blocks = Math.ceil(n / BLOCK);
    const scratchBytes = 4 * TILE * (1 + width);
    const scratch = regions.allocate(scratchBytes * threads);
    const potentialsAt = regions.allocate(8 * k * blocks);
    const candidates = {
      candidateDistances: regions.allocate(4 * n * width),
      ...{ closest, potentials: potentialsAt, chosen: 0 },
    };
    // Candidates that are equal are measured alike.
    const bias = regions.place(biases(place.facts(), width, scored));
    const centroids = pack(structures.centroids, { ...place.values, bias });
    const given = [
      packed,
      centroids,
      pack(structures.candidates, candidates),
      pack(structures.workspace, { scratch, scratchBytes }),
    ] as const;
    const work = n * d * (k + 2);
    yield* runJobInPieces(this.#runtime, "measureCandidates", given, blocks, work);
    const potentials = new Float64Array(k);
    const parts = memory.float64(potentialsAt, k * blocks);
    parts.forEach((part, at) => potentials[at % k] += part);
    this.#round = { regions, rows: rows.slice(), centroids, candidates };
    return { potentials };
  }

  /** Lowers `closest` wherever row `row` is nearer. */
  *accept(row: number, closest: Float64Array): Work<void> {
    const { n } = this.#data;
    const { memory } = this.#runtime;
    if (!this.#round?.rows.includes(row)) yield* this.candidates(new Uint32Array([row]), closest);
    const { rows, centroids, candidates } = this.#round!;
    memory.float64(this.#closest, n).set(closest);
    const chosen = pack(structures.candidates, { ...candidates, chosen: rows.indexOf(row) });
    const given = [this.#data.packed, centroids, chosen] as const;
    yield* runJobInPieces(this.#runtime, "lowerClosest", given, Math.ceil(n / BLOCK), 4 * n);
    closest.set(memory.float64(this.#closest, n));
  }

  #closeRound(): void {
    this.#round?.regions[Symbol.dispose]();
    this.#round = undefined;
  }

  [Symbol.dispose](): void {
    this.#closeRound();
    this.#regions[Symbol.dispose]();
  }
}

/**
 * Returns squared lengths; not a number beyond the candidates, whose scores nothing reads, or if they
 * cannot be scored, so that everything is measured in float64.
 */
function biases(facts: Float64Array, width: number, scored: boolean): Float32Array {
  return Float32Array.from({ length: width }, (_, j) => scored ? facts[8 * j + 1] : NaN);
}
