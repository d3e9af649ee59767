import type { Frame } from "./frame.ts";
import type { Regions } from "./regions.ts";

/** Every this many steps, a reference is kept for good. */
const STRIDE = 8;
/** References kept in full before they are measured through the next one kept for good. */
const RECENT = 32;
/** References are 16-bit numbers. */
const MOST = 65536;

/** Row `reference` of the table: how far each centroid strayed since that step. */
interface Retired {
  readonly reference: number;
  readonly landmark: number;
  readonly offsets: Float32Array;
}

/**
 * The steps at which rows were last measured exactly. How far residual centroids are now from where
 * they were then is measured for recent steps and for every eighth; for the others it is bounded by
 * the way through the next such landmark.
 */
export class References {
  readonly #regions: Regions;
  readonly #k: number;
  readonly #width: number;
  readonly #residualBytes: number;
  #capacity = 64;
  #strays: number;
  #kept: { reference: number; address: number; offsets?: Float32Array }[] = [];
  readonly #retired: Retired[] = [];
  #next = 0;
  #list = 0;

  constructor(regions: Regions, k: number, width: number, d: number) {
    this.#regions = regions;
    this.#k = k;
    this.#width = width;
    this.#residualBytes = 4 * k * d;
    this.#strays = regions.zeros(4 * this.#capacity * width);
  }

  /** Whether there is room for another step. */
  get full(): boolean {
    return this.#next === MOST;
  }

  /** Makes room for this step's reference; returns what the kernel must know to fill it. */
  begin(): Frame {
    if (this.#next === this.#capacity) this.#grow();
    const now = this.#next++;
    this.#kept.push({ reference: now, address: this.#regions.allocate(this.#residualBytes) });
    const pairs = this.#kept.flatMap(({ reference, address }) => [reference, address]);
    this.#list = this.#regions.place(Uint32Array.from(pairs));
    return { now, strays: this.#strays, kept: this.#list, keptCount: this.#kept.length };
  }

  /** Completes the table once the kernel measured the references that are kept. */
  end(): void {
    this.#regions.free(this.#list);
    const now = this.#next - 1;
    const table = this.#regions.memory.float32(this.#strays, this.#next * this.#width);
    for (const { reference, landmark, offsets } of this.#retired) {
      const to = reference * this.#width;
      const via = landmark * this.#width;
      for (let j = 0; j < this.#k; j++) table[to + j] = (offsets[j] + table[via + j]) * 1.000001;
    }
    if (now % STRIDE === 0) this.#retire(now, table);
  }

  #retire(now: number, table: Float32Array): void {
    for (const entry of this.#kept) {
      if (entry.reference % STRIDE === 0 || entry.offsets) continue;
      const at = entry.reference * this.#width;
      entry.offsets = table.slice(at, at + this.#k);
    }
    this.#kept = this.#kept.filter(({ reference, address, offsets }) => {
      if (!offsets || now - reference < RECENT) return true;
      const landmark = Math.ceil(reference / STRIDE) * STRIDE;
      this.#retired.push({ reference, landmark, offsets });
      this.#regions.free(address);
      return false;
    });
  }

  #grow(): void {
    const { memory } = this.#regions;
    const length = this.#capacity * this.#width;
    const larger = this.#regions.zeros(8 * length);
    memory.float32(larger, length).set(memory.float32(this.#strays, length));
    this.#regions.free(this.#strays);
    this.#strays = larger;
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
