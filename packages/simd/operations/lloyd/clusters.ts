import type { LloydStep } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { lloyd } from "../../module/lloyd.ts";
import type { LloydData } from "./data.ts";
import { changeArguments, type Frame, frameArguments } from "./frame.ts";
import { CentroidPlace, type Placed, runForEach } from "./placement.ts";
import { References } from "./references.ts";
import type { Regions } from "../../memory/regions.ts";

/** Number of entries at the end of a record, see `kernels/lloyd/frame.ts`. */
const TAIL = 4;
/** Number of rows in a block of `packRecords`. */
const PACK_BLOCK = 512;
/** Number of rows in a block of `measureDistances`. */
const DISTANCE_BLOCK = 256;
/**
 * Largest number of values for which the inertia is summed row by row at each step, at next to no
 * cost.
 */
const SMALL = 65536;
/** Share of all squares below which an inertia computed as a difference has lost digits. */
const CANCELLED = 1e-6;
/** Number of products of rows and centroids that a chunk keeps. */
const CHUNK_PRODUCTS = 8192;

/** Lloyd's algorithm with a fixed number of centroids. */
export class LloydClusters implements Disposable {
  /** The number of centroids. */
  readonly k: number;
  readonly #runtime: SimdRuntime;
  readonly #data: LloydData;
  readonly #regions: Regions;
  readonly #references: References;
  readonly #place: CentroidPlace;
  readonly #frame: Frame;
  readonly #arguments: readonly number[];
  /**
   * Total drift of each centroid plus that of the fastest other one, see `kernels/lloyd/README.md`.
   */
  readonly #totalDrift: Float64Array;
  #fresh = true;
  /** True if Hamerly's bounds and references are void. */
  #areBoundsVoid = true;
  #longest = 0;
  #duplicates = "";

  constructor(runtime: SimdRuntime, regions: Regions, data: LloydData, k: number) {
    const { n, d } = data;
    const sketchSize = data.sketchFor(runtime, k);
    this.k = k;
    this.#runtime = runtime;
    this.#data = data;
    this.#regions = regions;
    this.#totalDrift = new Float64Array(k);
    this.#place = new CentroidPlace(runtime, regions, data, k, sketchSize);
    const width = this.#place.frame.width!;
    const recordBytes = recordSize(sketchSize > 0 ? sketchSize + width + TAIL : TAIL);
    const partitions = countPartitions(n, d, k);
    const chunk = Math.max(4, Math.min(256, Math.floor(CHUNK_PRODUCTS / width / 4) * 4));
    const scratchBytes = 64 * Math.ceil((chunk * (12 + 8 * width) + 8 * width) / 64) + 64;
    this.#frame = {
      ...this.#place.frame,
      ...{ partitions, chunk, scratchBytes, recordBytes },
      partitionRows: Math.ceil(n / partitions),
      totalDrift: regions.zeros(4 * width),
      labels: regions.allocate(4 * n),
      drakeBounds: this.#place.frame.pairwise ? regions.allocate(16 * n) : 0,
      hamerlyBound: regions.allocate(4 * n),
      records: regions.allocate(recordBytes * n),
      partialSums: regions.allocate(8 * partitions * k * d),
      partialCounts: regions.allocate(8 * partitions * k),
      members: regions.allocate(4 * partitions * k),
      dirty: regions.allocate(4 * partitions * k),
      changed: regions.allocate(4 * partitions),
      sums: regions.allocate(8 * k * d),
      counts: regions.allocate(8 * k),
      scratch: regions.allocate(scratchBytes * runtime.threads),
      squareSlope: 4 * data.rounding,
    };
    this.#references = new References(regions, k, width, d);
    this.#arguments = frameArguments(this.#frame);
    runtime.run(lloyd, "packRecords", this.#arguments, Math.ceil(n / PACK_BLOCK));
    this.reset();
  }

  /** Forgets labels and bounds. */
  reset(): void {
    const { memory } = this.#runtime;
    const { partitions, members, dirty, partialCounts, partialSums, sums, counts } = this.#frame;
    const clusters = partitions! * this.k;
    memory.int32(members!, clusters).fill(0);
    memory.int32(dirty!, clusters).fill(0);
    memory.float64(partialCounts!, clusters).fill(0);
    memory.float64(partialSums!, clusters * this.#data.d).fill(0);
    memory.float64(sums!, this.k * this.#data.d).fill(0);
    memory.float64(counts!, this.k).fill(0);
    this.#forgetBounds();
    this.#fresh = true;
  }

  /**
   * Makes one step; see `LloydSession` of `@mixtape/tensor-utils`. If it fails, this object can no
   * longer be used.
   */
  step(centroids: Float64Array): LloydStep {
    const { n, d } = this.#data;
    const { memory } = this.#runtime;
    const { k } = this;
    const { partitions, changed, labels, sums, counts } = this.#frame;
    const args = changeArguments(this.#arguments, this.#placeCentroids(centroids));
    this.#runtime.run(lloyd, "assign", args, partitions!);
    runForEach(this.#runtime, "totalClusters", this.#arguments, k, k * d * partitions!);
    this.#fresh = false;
    return {
      labels: memory.int32(labels!, n),
      sums: memory.float64(sums!, k * d),
      counts: memory.float64(counts!, k),
      inertia: this.#inertia(),
      changed: memory.int32(changed!, partitions!).reduce((a, b) => a + b, 0),
    };
  }

  /** Returns the squared distances of the rows to their centroids. */
  distances(): Float64Array {
    const { n } = this.#data;
    const { memory } = this.#runtime;
    return memory.borrow(8 * n, (distances) => {
      const args = changeArguments(this.#arguments, { distances });
      this.#runtime.run(lloyd, "measureDistances", args, Math.ceil(n / DISTANCE_BLOCK));
      return memory.float64(distances, n).slice();
    });
  }

  #forgetBounds(): void {
    this.#references.reset();
    this.#totalDrift.fill(0);
    this.#totalDriftSoFar().fill(0);
    this.#longest = 0;
    this.#areBoundsVoid = true;
  }

  #placeCentroids(centroids: Float64Array): Frame {
    if (this.#references.full) this.#forgetBounds();
    const references = this.#frame.sketchSize! > 0 ? this.#references : undefined;
    const history = references?.begin();
    const placed = this.#place.place(centroids, history);
    references?.end();
    const fresh = this.#fresh ? 1 : 0;
    const voidBounds = this.#voidBounds(placed);
    if (!placed.scored) this.#forgetBounds();
    // The last term covers the rounding of coordinates in the basis, which are computed in float32.
    const slope = (6.5 * this.#data.rounding + 2 ** -23.8 * (this.#data.d + 20)) * this.#longest;
    const largestDrift = this.#totalDriftSoFar().reduce((a, b) => Math.max(a, b), 0);
    return { ...history, ...placed.frame, slope, fresh, voidBounds, largestDrift };
  }

  /** Returns which bounds are void: 0 for none, 1 for Hamerly's bounds, 2 for references too. */
  #voidBounds({ scored, longest, duplicates }: Placed): number {
    if (!scored) return 2;
    this.#longest = Math.max(this.#longest, longest);
    const same = duplicates === this.#duplicates;
    this.#duplicates = duplicates;
    if (this.#areBoundsVoid) {
      this.#areBoundsVoid = false;
      return 2;
    }
    this.#travel();
    return same ? 0 : 1;
  }

  /** Adds the drift of centroids in this step to their total drift. */
  #travel(): void {
    const { k } = this;
    const facts = this.#place.facts();
    let first = 0;
    let second = 0;
    for (let j = 0; j < k; j++) {
      const way = Math.sqrt(facts[8 * j]);
      if (way > first) [first, second] = [way, first];
      else if (way > second) second = way;
    }
    const totalDrift = this.#totalDriftSoFar();
    for (let j = 0; j < k; j++) {
      const way = Math.sqrt(facts[8 * j]);
      this.#totalDrift[j] += (way + (way === first ? second : first)) * (1 + 1e-9);
      totalDrift[j] = this.#totalDrift[j] * (1 + 1e-6);
    }
  }

  #totalDriftSoFar(): Float32Array {
    return this.#runtime.memory.float32(this.#frame.totalDrift!, this.k);
  }

  /**
   * Returns Σ w |x − o|² − 2 Σ (c − o)·(sum − count·o) + Σ count |c − o|², or sums row by row if
   * that cancels.
   */
  #inertia(): number {
    const { n, d, totalSquares } = this.#data;
    const { memory } = this.#runtime;
    if (n * d > SMALL) {
      const facts = this.#place.facts();
      const counts = memory.float64(this.#frame.counts!, this.k);
      let cross = 0;
      let own = 0;
      for (let j = 0; j < this.k; j++) {
        cross += facts[8 * j + 3];
        own += counts[j] * facts[8 * j + 4];
      }
      const inertia = totalSquares - 2 * cross + own;
      if (inertia > CANCELLED * (totalSquares + own)) return inertia;
    }
    const weights = this.#frame.weights ? memory.float64(this.#frame.weights, n) : undefined;
    return this.distances().reduce((sum, distance, i) => {
      return sum + (weights ? weights[i] * distance : distance);
    }, 0);
  }

  [Symbol.dispose](): void {
    this.#regions[Symbol.dispose]();
  }
}

/**
 * Returns the number of row ranges with their own sums: enough for the threads, and a function of
 * the shape alone.
 */
function countPartitions(n: number, d: number, k: number): number {
  const fitting = Math.floor(2 ** 17 / (k * d));
  return Math.max(1, Math.min(16, Math.max(4, fitting), Math.ceil(n / 256)));
}

/**
 * Returns the size of a record in bytes; records of more than a quarter of a cache line begin on
 * one.
 */
function recordSize(numbers: number): number {
  return numbers <= TAIL ? 4 * numbers : Math.ceil(numbers / 16) * 64;
}
