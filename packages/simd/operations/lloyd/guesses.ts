import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed } from "../../structure.ts";
import { type LloydData, NARROW } from "./data.ts";
import type { CentroidPlace, Placed } from "./placement.ts";
import { runJob } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of centroids from which a guess saves more products than its own distance takes. */
const FEWEST_CLUSTERS = 16;
/** Least number of rows per centroid for which the distances between centroids are measured. */
const ROWS_PER_CLUSTER = 4;
/** Largest number of products for the distances of all pairs of centroids, which one thread measures in a millisecond. */
const MOST_PRODUCTS = 2 ** 23;
/**
 * Number of assignments for which these distances, less what centroids move, are good enough. It doubles from one
 * time to the next: running means move the less the more rows they have seen.
 */
const LIFETIME = 8;
const LONGEST_LIFETIME = 64;
/** One in so many rows with a guess is to be settled by it; else, so many assignments pass guesses over. */
const WORTH = 4;
const PAUSE = 16;
/** A factor beyond the rounding of a float32 sum. */
const UP = 1 + 2 ** -22;
/** Beyond what a float32 distance gains where its squares underflow: 2^-75 times the root of d, below 2^15. */
const UNDERFLOW = 2 ** -64;

const none = {
  ...{ guesses: 0, halves: 0, halvesError: 0, gaps: 0, halfDrifts: 0, mostDrift: 0, guessTally: 0 },
};

/** No guesses. */
export const noGuesses: Packed<typeof structures.guesses> = pack(structures.guesses, none);

/** Assignments of rows to k centroids that begin with guesses of the nearest, which are kept with the data. */
export class Guesses {
  readonly #runtime: SimdRuntime;
  readonly #place: CentroidPlace;
  readonly #data: LloydData;
  readonly #halves: number;
  readonly #gaps: number;
  readonly #halfDrifts: number;
  readonly #tally: number;
  readonly #tallyAlone: Packed<typeof structures.guesses>;
  #age = 0;
  #lifetime = 0;

  /** Makes room; without guesses if they are not worth it. */
  constructor(runtime: SimdRuntime, regions: Regions, data: LloydData, place: CentroidPlace) {
    const { k, width } = place.values;
    this.#runtime = runtime;
    this.#place = place;
    this.#data = data;
    this.#halves = areWorth(data, k) ? regions.allocate(4 * k * (width + data.d)) : 0;
    this.#gaps = regions.allocate(4 * k);
    this.#halfDrifts = regions.zeros(4 * width);
    this.#tally = regions.zeros(12);
    this.#tallyAlone = pack(structures.guesses, { ...none, guessTally: this.#tally });
  }

  /**
   * Prepares an assignment.
   *
   * @param rows Number of rows to assign.
   * @param placed Bounds that placing the centroids gave.
   */
  prepare(rows: number, { scored, longest }: Placed): Packed<typeof structures.guesses> {
    const { k } = this.#place.values;
    const settledFew = this.#settledFew();
    if (!this.#halves) return this.#tallyAlone;
    const { guesses: kept } = this.#data;
    if (settledFew) kept.pause = PAUSE;
    const used = scored && rows >= ROWS_PER_CLUSTER * k && kept.pause <= 0;
    if (kept.pause > 0) kept.pause--;
    if (!used) this.#age = this.#lifetime = 0;
    const isDue = used && this.#age++ >= this.#lifetime;
    const halfDrifts = this.#runtime.memory.float32(this.#halfDrifts, k);
    if (isDue) halfDrifts.fill(0);
    const guesses = pack(structures.guesses, {
      guesses: kept.among(k),
      halves: used ? this.#halves : 0,
      halvesError: 2 ** -23 * longest + UNDERFLOW,
      gaps: this.#gaps,
      halfDrifts: this.#halfDrifts,
      mostDrift: halfDrifts.reduce((a, b) => Math.max(a, b)),
      guessTally: this.#tally,
    });
    if (isDue) this.#measure(guesses);
    return guesses;
  }

  /** Adds up how far centroids move that are placed anew. */
  follow(): void {
    if (!this.#halves) return;
    const facts = this.#place.facts();
    const halfDrifts = this.#runtime.memory.float32(this.#halfDrifts, facts.length / 8);
    for (let j = 0; j < halfDrifts.length; j++) {
      if (facts[8 * j] > 0) halfDrifts[j] = (halfDrifts[j] + Math.sqrt(facts[8 * j]) / 2) * UP;
    }
  }

  /** Measures half the distances between centroids; what they move is counted from here on. */
  #measure(guesses: Packed<typeof structures.guesses>): void {
    const given = [this.#data.packed, this.#place.packed, guesses] as const;
    runJob(this.#runtime, "measureCentroids", given, 1);
    this.#age = 1;
    this.#lifetime = Math.max(LIFETIME, Math.min(2 * this.#lifetime, LONGEST_LIFETIME));
  }

  /** Returns true if the last assignment settled few of the rows that had a guess. */
  #settledFew(): boolean {
    const tally = this.#runtime.memory.int32(this.#tally, 3);
    const [guessed, settled] = tally;
    tally.fill(0);
    return WORTH * settled < guessed;
  }

  /** Number of rows of the last assignment that neither guesses nor 8-bit integers settled. */
  get open(): number {
    return this.#runtime.memory.int32(this.#tally, 3)[2];
  }
}

/** Returns true if guesses save time: of dense rows that are not scored side by side. */
function areWorth({ d, rows }: Pick<LloydData, "d" | "rows">, k: number): boolean {
  return rows.dense > 0 && d > NARROW && k >= FEWEST_CLUSTERS && k * k * d <= MOST_PRODUCTS;
}
