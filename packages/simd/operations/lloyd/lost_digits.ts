import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { LloydData } from "./data.ts";
import { losses } from "./loss_structures.ts";
import type * as structures from "./structures.ts";

/** Watches the sums of clusters for rows that leave them and take digits along, see `kernels/lloyd/lost_digits.ts`. */
export class LostDigits {
  readonly #runtime: SimdRuntime;
  readonly #regions: Regions;
  readonly #data: LloydData;
  readonly #k: number;
  readonly #again: number;
  #watch = 0;
  #peaks = 0;
  /** Number of clusters marked so far. */
  #found = 0;

  /** Makes room for marks of k clusters. */
  constructor(runtime: SimdRuntime, regions: Regions, data: LloydData, k: number) {
    this.#runtime = runtime;
    this.#regions = regions;
    this.#data = data;
    this.#k = k;
    this.#again = regions.zeros(4 * k);
  }

  /** The structure, as kernels are given it in this step. */
  get packed(): Packed<typeof losses> {
    const { reach } = this.#data;
    return pack(losses, {
      ...reach,
      ...{ watch: this.#watch, peaks: this.#peaks, again: this.#again },
    });
  }

  /** Forgets what left the sums: there are none yet. */
  reset(): void {
    this.#watch = 0;
    this.#found = 0;
  }

  /**
   * Returns true if the sums of marked clusters are to be added up again. Once that has been so more often than by
   * chance, it marks all: from then on, the largest numbers that left each sum are kept.
   */
  found({ sums, counts }: Pick<Values<typeof structures.state>, "sums" | "counts">): boolean {
    const { memory } = this.#runtime;
    const k = this.#k;
    const { d, reach } = this.#data;
    const marks = memory.int32(this.#again, k);
    const found = marks.reduce((a, b) => a + b, 0);
    this.#found += found;
    if (this.#watch === 0) this.#watch = reach.farthest > 0 ? 1 : 0;
    if (this.#watch === 2 || this.#found <= k) return found > 0;
    marks.fill(1);
    memory.float64(sums, k * d).fill(0);
    memory.float64(counts, k).fill(0);
    this.#peaks ||= this.#regions.allocate(8 * k * (d + 1));
    memory.float64(this.#peaks, k * (d + 1)).fill(0);
    this.#watch = 2;
    return true;
  }
}
