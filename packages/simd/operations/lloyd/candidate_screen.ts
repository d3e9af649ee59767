import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { LloydData } from "./data.ts";
import { isWorthScreening, screenedBytes } from "./screens.ts";

/** Numbers of columns and of rows to choose from which integers save time: all rows are turned to them first. */
const WORTH = { d: 64, choices: 32 };
/** Bounds are to pass over more than a third of the rows; else, so many measurements go without them. */
const PAUSE = 8;

/** No bounds of products. */
export const noScreen = { screenedRows: 0, screenTally: 0 };

/** Returns true if it saves time to bound products of candidates by integers first. */
export function screensCandidates(
  { relaxed }: Pick<SimdRuntime, "relaxed">,
  { n, d, rows }: Pick<LloydData, "n" | "d" | "rows">,
  choices: number,
): boolean {
  // Without relaxed SIMD, products of 8-bit integers take as long as those of float32.
  const pays = relaxed && d >= WORTH.d && choices >= WORTH.choices;
  return pays && rows.dense > 0 && isWorthScreening(n, d);
}

/** Rows as integers, which bound their products with candidates of k-means++. */
export class CandidateScreen {
  /** Addresses of the rows, and of the number of those that bounds leave to be measured. */
  readonly rows: typeof noScreen;
  readonly #regions: Regions;
  readonly #n: number;
  /** Number of measurements that are to go without bounds: of the first row, nothing is known to be nearer. */
  #pause = 1;

  /** Makes room for n rows. */
  constructor(regions: Regions, n: number, d: number) {
    this.#regions = regions;
    this.#n = n;
    const screenedRows = regions.allocate(screenedBytes(n, d));
    this.rows = { screenedRows, screenTally: regions.zeros(4) };
  }

  /** Returns what the next measurement is given. The answer depends on no thread. */
  next(): typeof noScreen {
    const tally = this.#regions.memory.int32(this.rows.screenTally, 1);
    if (3 * tally[0] > 2 * this.#n) this.#pause = PAUSE;
    tally[0] = 0;
    return --this.#pause < 0 ? this.rows : noScreen;
  }
}
