import type { MatrixValues, PlusPlusCandidates, PlusPlusSession } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { lloyd } from "../../module/lloyd.ts";
import type { LloydData } from "./data.ts";
import { type Frame, frameArguments } from "./frame.ts";
import { CentroidPlace } from "./placement.ts";
import { Regions } from "../../memory/regions.ts";

/** Number of rows in a block, and in a tile of it, of `measureCandidates`. */
const BLOCK = 1024;
const TILE = 64;

/** Distances of all rows to rows that could become centroids. */
export class CandidateDistances implements PlusPlusSession {
  readonly #runtime: SimdRuntime;
  readonly #data: LloydData;
  readonly #values: MatrixValues;
  readonly #regions: Regions;
  readonly #closest: number;
  #round: { regions: Regions; rows: Uint32Array; frame: Frame } | undefined;

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
  candidates(rows: Uint32Array, closest: Float64Array): PlusPlusCandidates {
    try {
      return this.#measure(rows, closest);
    } catch (error) {
      // There are no distances that `accept` could use.
      this.#closeRound();
      throw error;
    }
  }

  #measure(rows: Uint32Array, closest: Float64Array): PlusPlusCandidates {
    const { n, d } = this.#data;
    const { memory, threads } = this.#runtime;
    const k = rows.length;
    const { regions, frame } = this.#open(rows);
    const points = new Float64Array(k * d);
    rows.forEach((row, j) => points.set(this.#values.subarray(row * d, (row + 1) * d), j * d));
    const place = new CentroidPlace(this.#runtime, regions, this.#data, k, 0);
    const placed = place.place(points);
    memory.float64(this.#closest, n).set(closest);
    const blocks = Math.ceil(n / BLOCK);
    const scratchBytes = 4 * TILE * (1 + place.frame.width!);
    const scratch = regions.allocate(scratchBytes * threads);
    const statistics = regions.allocate(8 * k * blocks);
    const job = {
      ...place.frame,
      ...frame,
      ...placed.frame,
      // Candidates that are equal are measured alike.
      bias: regions.place(biases(place.facts(), place.frame.width!, placed.scored)),
      ...{ scratch, scratchBytes, statistics },
    };
    this.#runtime.run(lloyd, "measureCandidates", frameArguments(job), blocks);
    const parts = memory.float64(statistics, k * blocks);
    const potentials = new Float64Array(k);
    parts.forEach((part, at) => potentials[at % k] += part);
    return { potentials };
  }

  /** Lowers `closest` wherever row `row` is nearer. */
  accept(row: number, closest: Float64Array): void {
    const { n } = this.#data;
    const { memory } = this.#runtime;
    if (!this.#round?.rows.includes(row)) this.candidates(new Uint32Array([row]), closest);
    const { rows, frame } = this.#round!;
    memory.float64(this.#closest, n).set(closest);
    const job = { ...frame, now: rows.indexOf(row) };
    this.#runtime.run(lloyd, "lowerClosest", frameArguments(job), Math.ceil(n / BLOCK));
    closest.set(memory.float64(this.#closest, n));
  }

  /** Makes room for the distances to `rows`, replacing the previous ones. */
  #open(rows: Uint32Array): { regions: Regions; frame: Frame } {
    this.#closeRound();
    const regions = new Regions(this.#runtime.memory);
    const width = Math.ceil(rows.length / 4) * 4;
    const { n, frame: { scale } } = this.#data;
    const distances = regions.allocate(4 * n * width);
    const frame: Frame = { n, width, distances, scale, sums: this.#closest };
    this.#round = { regions, rows: rows.slice(), frame };
    return { regions, frame };
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
 * Returns squared lengths; not a number if they cannot be scored, so that everything is measured in
 * float64.
 */
function biases(facts: Float64Array, width: number, scored: boolean): Float32Array {
  const k = facts.length / 8;
  return Float32Array.from({ length: width }, (_, j) => {
    if (j >= k) return 0;
    return scored ? facts[8 * j + 1] : NaN;
  });
}
