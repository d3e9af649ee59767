import type { LloydStep } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import { type ClusterSizes, clusterSizes, GROUP, sizesOnce } from "./cluster_sizes.ts";
import { allocateState, slopeByLength } from "./cluster_state.ts";
import { type LloydData, noSketch } from "./data.ts";
import { inertiaOfSums, sumOfDistances } from "./inertia_of_sums.ts";
import { LostDigits } from "./lost_digits.ts";
import { MoveLengths } from "./move_lengths.ts";
import { packRecords } from "./pack_records.ts";
import { CentroidPlace, noHistory, type Placed } from "./placement.ts";
import { References } from "./references.ts";
import { takeInPieces } from "../../memory/place_values.ts";
import type { Regions } from "../../memory/regions.ts";
import { runJob, runJobInPieces } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of rows in a block of `measureDistances`. */
const DISTANCE_BLOCK = 256;
/** Multiply-adds that take as long as one number of a partition's sums, which come from all over memory. */
const COST_OF_SUM = 6;
/** Largest number of values for which the inertia is summed row by row at each step. */
const SMALL = 2048;
/** Lloyd's algorithm with a fixed number of centroids. */
export class LloydClusters implements Disposable {
  /** The number of centroids. */
  readonly k: number;
  readonly #runtime: SimdRuntime;
  readonly #data: LloydData;
  readonly #regions: Regions;
  readonly #references: References | undefined;
  readonly #place: CentroidPlace;
  readonly #sketch: Values<typeof structures.sketch>;
  readonly #state: Values<typeof structures.state>;
  readonly #packed: Packed<typeof structures.state>;
  readonly #losses: LostDigits;
  readonly #workspace: Packed<typeof structures.workspace>;
  /**
   * Total drift of each centroid plus that of the fastest other one, see `kernels/lloyd/README.md`.
   */
  readonly #totalDrift: Float64Array;
  /** Total drift of the fastest centroid of each group. */
  readonly #groupDrift: Float64Array;
  /** False if each step begins without labels and bounds. */
  readonly #isBounded: boolean;
  #fresh = true;
  /** True if Hamerly's bounds and references are void. */
  #areBoundsVoid = true;
  #longest = 0;
  #duplicates = "";
  readonly #moves = new MoveLengths();
  /** True while bounds by integers save more products than they leave. */
  #screens: boolean;

  private constructor(
    runtime: SimdRuntime,
    regions: Regions,
    data: LloydData,
    k: number,
    sizes: ClusterSizes,
    sketch: Values<typeof structures.sketch>,
  ) {
    this.#sketch = sketch;
    this.k = k;
    this.#runtime = runtime;
    this.#data = data;
    this.#regions = regions;
    this.#totalDrift = new Float64Array(k);
    const { groups, pairs, scratchBytes } = sizes;
    // Without relaxed SIMD, products of 8-bit integers take as long as those of float32.
    const screened = sizes.screened && runtime.relaxed;
    this.#isBounded = sizes.bounded;
    this.#place = new CentroidPlace(runtime, regions, data, k, { sketch, pairs, screened });
    this.#screens = screened;
    const { width } = this.#place.values;
    this.#groupDrift = new Float64Array(groups);
    this.#state = allocateState(regions, this.#place.values, data, sizes, screened);
    this.#packed = pack(structures.state, this.#state);
    this.#losses = new LostDigits(runtime, regions, data, k);
    const scratch = regions.allocate(scratchBytes * runtime.threads);
    this.#workspace = pack(structures.workspace, { scratch, scratchBytes });
    if (sketch.sketchSize > 0) this.#references = new References(regions, k, width, data.d);
  }

  /** Makes room for k clusters of data; without bounds, if there will be but one step. */
  static *open(
    runtime: SimdRuntime,
    regions: Regions,
    data: LloydData,
    k: number,
    once: boolean,
  ): Work<LloydClusters> {
    const sketch = once ? noSketch : yield* data.sketchFor(runtime, k);
    const sizes = once ? sizesOnce(data, k) : clusterSizes(data, k, sketch.sketchSize);
    const clusters = new LloydClusters(runtime, regions, data, k, sizes, sketch);
    yield* clusters.#packRecords();
    clusters.reset();
    return clusters;
  }

  #packRecords(): Work<void> {
    const { n, packed } = this.#data;
    const sketch = pack(structures.sketch, this.#sketch);
    const given = [packed, sketch, this.#place.packed, this.#packed, this.#workspace] as const;
    return packRecords(this.#runtime, given, n, this.#state.recordBytes);
  }

  /** Forgets labels and bounds. */
  reset(): void {
    const { memory } = this.#runtime;
    const { members, dirty, partialCounts, partialSums, sums, counts } = this.#state;
    const clusters = this.#state.partitions * this.#state.places;
    memory.int32(members, clusters).fill(0);
    memory.int32(dirty, clusters).fill(0);
    memory.float64(partialCounts, clusters).fill(0);
    memory.float64(partialSums, clusters * this.#data.d).fill(0);
    memory.float64(sums, this.k * this.#data.d).fill(0);
    memory.float64(counts, this.k).fill(0);
    this.#losses.reset();
    this.#forgetBounds();
    this.#fresh = true;
  }

  /**
   * Makes one step; see `LloydSession` of `@mixtape/tensor-utils`. If it fails, this object can no
   * longer be used.
   */
  *step(centroids: Float64Array): Work<LloydStep> {
    const { n, d } = this.#data;
    const { memory } = this.#runtime;
    const { k } = this;
    const { partitions, changed, labels, sums, counts } = this.#state;
    if (!this.#isBounded && !this.#fresh) this.reset();
    yield* this.#assign(centroids);
    yield* this.#total();
    this.#fresh = false;
    const inertia = yield* this.#inertia();
    // Another computation may grow a memory that is not shared, and so end its views.
    const lasting = <View extends Int32Array | Float64Array>(view: View) =>
      memory.shared ? view : view.slice() as View;
    return {
      // As many as rows, and seldom asked for.
      get labels() {
        return lasting(memory.int32(labels, n));
      },
      sums: lasting(memory.float64(sums, k * d)),
      counts: lasting(memory.float64(counts, k)),
      inertia,
      changed: memory.int32(changed, partitions).reduce((a, b) => a + b, 0),
    };
  }

  /** Adds up the sums of clusters, again from their rows where they have lost digits. */
  *#total(): Work<void> {
    const { n, d, packed } = this.#data;
    const { partitions } = this.#state;
    const multiplyAdds = COST_OF_SUM * this.k * d * partitions;
    const givenNow = () => {
      return [packed, this.#place.packed, this.#packed, this.#losses.packed] as const;
    };
    runJob(this.#runtime, "totalClusters", givenNow(), this.k, { multiplyAdds });
    if (!this.#losses.found(this.#state)) return;
    yield* runJobInPieces(this.#runtime, "sumAgain", givenNow(), partitions, n * d);
    runJob(this.#runtime, "totalClusters", givenNow(), this.k, { multiplyAdds });
  }

  /** Returns the squared distances of the rows to their centroids. */
  *distances(): Work<Float64Array> {
    const { n, d, packed } = this.#data;
    const { memory } = this.#runtime;
    const distances = memory.allocate(8 * n);
    try {
      const to = pack(structures.distances, { rowLabels: this.#state.labels, distances });
      const given = [packed, this.#place.packed, to] as const;
      const blocks = Math.ceil(n / DISTANCE_BLOCK);
      yield* runJobInPieces(this.#runtime, "measureDistances", given, blocks, 4 * n * d);
      const found = new Float64Array(n);
      yield* takeInPieces(this.#runtime, distances, found);
      return found;
    } finally {
      memory.free(distances);
    }
  }

  #forgetBounds(): void {
    this.#references?.reset();
    this.#totalDrift.fill(0);
    this.#totalDriftSoFar().fill(0);
    this.#groupDrift.fill(0);
    this.#groupDriftSoFar().fill(0);
    this.#pathsSoFar().fill(0);
    this.#longest = 0;
    this.#moves.reset();
    this.#areBoundsVoid = true;
  }

  /** Places centroids and assigns every row. */
  *#assign(centroids: Float64Array): Work<void> {
    const references = this.#references;
    if (references?.full) this.#forgetBounds();
    const kept = references?.begin();
    const history = kept ? pack(structures.history, kept) : noHistory;
    const moves = this.#screens && this.#moves.pay(this.#data.d);
    const placed = this.#state.paths
      ? this.#place.placeMoves(centroids, moves)
      : this.#place.place(centroids, history, kept?.keptCount);
    references?.end();
    const voidBounds = this.#voidBounds(placed);
    if (voidBounds < 2) this.#moves.note(this.#place.facts(), moves);
    if (!placed.scored) this.#forgetBounds();
    const { rounding, packed, n, d } = this.#data;
    const farthest = this.#pathsSoFar().reduce((a, b) => Math.max(a, b), this.#longest);
    const step = {
      // The last term covers the rounding of paths.
      slope: slopeByLength(this.#data) * this.#longest + 2 ** -19 * farthest,
      squareSlope: 4 * rounding,
      largestDrift: this.#totalDriftSoFar().reduce((a, b) => Math.max(a, b), 0),
      fresh: this.#fresh ? 1 : 0,
      voidBounds,
      moveRounding: 2 ** -20 * (this.#longest + farthest),
      screens: this.#screens && placed.scored ? 1 : 0,
    };
    const given = [
      packed,
      pack(structures.sketch, this.#sketch),
      this.#place.packed,
      this.#packed,
      history,
      placed.precision,
      pack(structures.step, step),
      this.#workspace,
      this.#losses.packed,
    ] as const;
    const { partitions, screenBalance } = this.#state;
    yield* runJobInPieces(this.#runtime, "assign", given, partitions, n * d * this.k);
    const balances = this.#runtime.memory.int32(screenBalance, partitions);
    this.#screens &&= balances.reduce((a, b) => a + b, 0) >= 0;
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
    const paths = this.#pathsSoFar();
    for (let j = 0; j < paths.length; j++) {
      // Rounded up, but exactly as before where the centroid stands still.
      if (facts[8 * j] > 0) paths[j] = (paths[j] + Math.sqrt(facts[8 * j])) * (1 + 2 ** -22);
    }
    const groupDrift = this.#groupDriftSoFar();
    for (let g = 0; g < groupDrift.length; g++) {
      let largest = 0;
      const end = Math.min(k, (g + 1) * GROUP);
      for (let j = g * GROUP; j < end; j++) largest = Math.max(largest, facts[8 * j]);
      this.#groupDrift[g] += Math.sqrt(largest) * (1 + 1e-9);
      groupDrift[g] = this.#groupDrift[g] * (1 + 1e-6);
    }
  }

  #groupDriftSoFar(): Float32Array {
    return this.#runtime.memory.float32(this.#state.groupDrift, this.#state.groups);
  }

  #pathsSoFar(): Float32Array {
    return this.#runtime.memory.float32(this.#state.paths, this.#state.paths ? this.k : 0);
  }

  #totalDriftSoFar(): Float32Array {
    return this.#runtime.memory.float32(this.#state.totalDrift, this.k);
  }

  /** Takes the inertia from what blocks or clusters add up to, or sums row by row. */
  *#inertia(): Work<number> {
    const { n, d, totalSquares, rows } = this.#data;
    const { memory } = this.#runtime;
    const { partialInertia, partitions } = this.#state;
    if (partialInertia) {
      return memory.float64(partialInertia, partitions).reduce((a, b) => a + b, 0);
    }
    if (n * d > SMALL) {
      const counts = memory.float64(this.#state.counts, this.k);
      const inertia = inertiaOfSums(this.#place.facts(), counts, totalSquares, rows.meanNorm);
      if (inertia !== undefined) return inertia;
    }
    const distances = yield* this.distances();
    return yield* sumOfDistances(this.#runtime, distances, rows.weights);
  }

  [Symbol.dispose](): void {
    this.#regions[Symbol.dispose]();
  }
}
