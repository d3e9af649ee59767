import type { Values } from "../../structure.ts";
import type { Regions } from "../../memory/regions.ts";
import type { history } from "./structures.ts";

/** Of the older references, one in this many is measured at each step. */
const TURN = 8;
/** Every this many steps, a reference is kept for good. */
const STRIDE = 8;
/**
 * Number of references kept in full before they are measured through the next one kept for good.
 */
const RECENT = 64;
/** Largest number of references, which are 16-bit numbers. */
const MOST = 65536;
/** Factor that exceeds the rounding of a sum. */
const UP = 1.000001;

/** A reference whose residual centroids are in memory. */
interface Kept {
  readonly reference: number;
  readonly address: number;
  /**
   * Drift of each centroid since this reference when that was last measured, and the step at which
   * it was.
   */
  readonly drifts: Float32Array;
  measured: number;
  /** Drift of each centroid until the next reference that is kept for good. */
  toLandmark?: Float32Array;
}

/** A reference that is measured through a later one. */
interface Retired {
  readonly reference: number;
  readonly landmark: number;
  readonly offsets: Float32Array;
}

/**
 * Steps at which rows were last measured exactly (references), and the drift of the residual
 * centroids since. Recent references are measured at every step, older ones in turn: in between,
 * their drift is bounded by the path through the position at which centroids were last measured. Of
 * the oldest, only every eighth stays in memory, and the path leads through that.
 */
export class References {
  readonly #regions: Regions;
  readonly #k: number;
  readonly #width: number;
  readonly #residualBytes: number;
  #capacity = 64;
  #residualDrifts: number;
  #kept: Kept[] = [];
  readonly #retired: Retired[] = [];
  #next = 0;
  #list = 0;

  constructor(regions: Regions, k: number, width: number, d: number) {
    this.#regions = regions;
    this.#k = k;
    this.#width = width;
    this.#residualBytes = 4 * k * d;
    this.#residualDrifts = regions.zeros(4 * this.#capacity * width);
  }

  /** True if there is no room for another step. */
  get full(): boolean {
    return this.#next === MOST;
  }

  /**
   * Makes room for the reference of this step; returns what the kernel needs to fill it.
   */
  begin(): Values<typeof history> {
    if (this.#next === this.#capacity) this.#grow();
    const now = this.#next++;
    const address = this.#regions.allocate(this.#residualBytes);
    const drifts = new Float32Array(this.#k);
    this.#kept.push({ reference: now, address, drifts, measured: now });
    const pairs: number[] = [];
    for (const entry of this.#kept) {
      const { reference, address } = entry;
      if (now - reference >= TURN && reference % TURN !== now % TURN) continue;
      entry.measured = now;
      pairs.push(reference, address);
    }
    this.#list = this.#regions.place(Uint32Array.from(pairs));
    return {
      now,
      residualDrifts: this.#residualDrifts,
      kept: this.#list,
      keptCount: pairs.length / 2,
    };
  }

  /** Completes the table with the drifts that the kernel did not measure. */
  end(): void {
    this.#regions.free(this.#list);
    const now = this.#next - 1;
    const table = this.#regions.memory.float32(this.#residualDrifts, this.#next * this.#width);
    for (const { reference, drifts, measured } of this.#kept) {
      const at = reference * this.#width;
      if (measured === now) drifts.set(table.subarray(at, at + this.#k));
      else this.#goThrough(table, reference, measured, drifts);
    }
    for (const { reference, landmark, offsets } of this.#retired) {
      this.#goThrough(table, reference, landmark, offsets);
    }
    if (now % STRIDE === 0) this.#retire(now, table);
  }

  /** Bounds the drift since a reference by its drift until another step plus that step's drift. */
  #goThrough(table: Float32Array, reference: number, via: number, offsets: Float32Array): void {
    const to = reference * this.#width;
    const from = via * this.#width;
    for (let j = 0; j < this.#k; j++) table[to + j] = (offsets[j] + table[from + j]) * UP;
  }

  #retire(now: number, table: Float32Array): void {
    for (const entry of this.#kept) {
      if (entry.reference % STRIDE === 0 || entry.toLandmark) continue;
      const at = entry.reference * this.#width;
      entry.toLandmark = table.slice(at, at + this.#k);
    }
    this.#kept = this.#kept.filter(({ reference, address, toLandmark }) => {
      if (!toLandmark || now - reference < RECENT) return true;
      const landmark = Math.ceil(reference / STRIDE) * STRIDE;
      this.#retired.push({ reference, landmark, offsets: toLandmark });
      this.#regions.free(address);
      return false;
    });
  }

  #grow(): void {
    const { memory } = this.#regions;
    const length = this.#capacity * this.#width;
    const larger = this.#regions.zeros(8 * length);
    memory.float32(larger, length).set(memory.float32(this.#residualDrifts, length));
    this.#regions.free(this.#residualDrifts);
    this.#residualDrifts = larger;
    this.#capacity *= 2;
  }

  /** Forgets all steps. */
  reset(): void {
    for (const { address } of this.#kept) this.#regions.free(address);
    this.#kept = [];
    this.#retired.length = 0;
    this.#next = 0;
  }
}
