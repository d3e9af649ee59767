import type { Regions } from "../../memory/regions.ts";

/** The cluster that each row was last found in, from which kernels/lloyd/guesses.ts begins. */
export class RowGuesses {
  /** Number of assignments that are to pass guesses over, since they settled few rows. */
  pause = 0;
  readonly #regions: Regions;
  readonly #n: number;
  #address = 0;
  #clusters = 0;

  /** Keeps nothing until it is asked to. */
  constructor(regions: Regions, n: number) {
    this.#regions = regions;
    this.#n = n;
  }

  /** Returns true if there are guesses among `k` clusters that are likely to settle rows. */
  areLikely(k: number): boolean {
    return this.#clusters === k && this.pause <= 0;
  }

  /** Returns the address of one guess per row among `k` clusters, −1 where there is none. */
  among(k: number): number {
    this.#address ||= this.#regions.allocate(4 * this.#n);
    if (k !== this.#clusters) this.#regions.memory.int32(this.#address, this.#n).fill(-1);
    this.#clusters = k;
    return this.#address;
  }
}
