import type { FactoredNeighbors, MaybePromise, NeighborAttributes } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { type Regions, workWithRegions } from "../memory/regions.ts";
import { matmul } from "../module/matmul.ts";
import { neighbors } from "../module/neighbors.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Queries and points of a register tile, as in kernels/neighbors.ts. */
const TILE_ROWS = 5;
const TILE_COLUMNS = 8;
/** Queries of a block: points are read once for all of them. */
const BLOCK_QUERIES = 8 * TILE_ROWS;
/** Points that a block is scored against at a time, and their least multiple of k: their scores stay in the cache. */
const PART = 4096;
const LEAST_PART = 16;
/** Largest group of points of the first part; it divides a part. */
const GROUP = 32;
/** A score below that of any point. */
const WORST = -8;

/** Points in WebAssembly memory and the search among them. */
class SimdNeighbors implements FactoredNeighbors {
  readonly #runtime: SimdRuntime;
  readonly #attributes: NeighborAttributes;
  readonly #points: number;
  readonly #factor: number;

  constructor(runtime: SimdRuntime, attrs: NeighborAttributes) {
    this.#runtime = runtime;
    this.#attributes = attrs;
    this.#points = this.#runtime.memory.place(attrs.points).address;
    try {
      this.#factor = packed(runtime, attrs);
    } catch (error) {
      this.#runtime.memory.free(this.#points);
      throw error;
    }
  }

  kthDistances(
    queries: Float64Array,
    queryFactor: Float32Array,
    signal?: AbortSignal,
  ): MaybePromise<Float64Array> {
    const { memory, turns } = this.#runtime;
    const work = workWithRegions(
      memory,
      (regions) => this.#kthDistances(regions, queries, queryFactor),
    );
    return turns.drive(work, signal);
  }

  *#kthDistances(
    regions: Regions,
    queries: Float64Array,
    queryFactor: Float32Array,
  ): Work<Float64Array> {
    const rows = queryFactor.length / this.#attributes.width;
    const at = {
      ...{ rows, queries: regions.place(queries), factor: regions.place(queryFactor) },
      output: regions.allocate(8 * rows),
    };
    yield* this.#search(regions, at);
    return this.#runtime.memory.float64(at.output, rows).slice();
  }

  [Symbol.dispose](): void {
    this.#runtime.memory.free(this.#points);
    this.#runtime.memory.free(this.#factor);
  }

  #search(
    regions: Regions,
    at: { queries: number; factor: number; output: number; rows: number },
  ): Work<void> {
    const { points, dimensions, width, k, doubt } = this.#attributes;
    const { threads } = this.#runtime;
    const n = points.length / dimensions;
    const columns = columnsOf(n);
    const part = Math.min(columns, columnsOf(Math.max(PART, LEAST_PART * k)));
    let group = GROUP;
    while (group > 4 && group > part / (4 * k)) group /= 2;
    const depth = Math.ceil(width / 4) * 4;
    const scratchBytes = 4 * (BLOCK_QUERIES * (depth + part) + part / group) +
      8 * BLOCK_QUERIES * (1 + k) + 64;
    const args = [
      ...[this.#factor, at.factor, at.queries, this.#points, at.output, at.rows, dimensions],
      ...[n, k, group, part, columns, doubt, width, BLOCK_QUERIES],
      ...[regions.allocate(scratchBytes * threads), scratchBytes],
    ];
    const blocks = Math.ceil(at.rows / BLOCK_QUERIES);
    const work = at.rows * points.length;
    return this.#runtime.runInPieces(neighbors, "kthDistances", args, blocks, work);
  }
}

/** Returns a number of columns in whole groups, for so many points. */
function columnsOf(points: number): number {
  return Math.ceil(points / GROUP) * GROUP;
}

/** Places the factor of the points in panels, and returns its address. */
function packed(runtime: SimdRuntime, attrs: NeighborAttributes): number {
  const { points, dimensions, pointFactor, width } = attrs;
  const { memory } = runtime;
  const n = points.length / dimensions;
  const columns = columnsOf(n);
  const address = memory.allocate(4 * columns * Math.ceil(width / 4) * 4);
  try {
    memory.borrow(4 * columns * width, (factor) => {
      const rows = memory.float32(factor, columns * width);
      rows.set(pointFactor.subarray(0, n * width));
      for (let i = n; i < columns; i++) {
        rows.fill(0, i * width, (i + 1) * width - 1);
        rows[(i + 1) * width - 1] = WORST;
      }
      const job = [factor, 4 * width, address, width, columns, 1];
      runtime.run(matmul, "packRight", job, columns / TILE_COLUMNS);
    });
  } catch (error) {
    memory.free(address);
    throw error;
  }
  return address;
}

/** Opens the search for the k-th nearest of points with many coordinates. */
export function openNeighbors({ attrs, backend }: NamedCall<"MixtapeNeighbors">): SimdNeighbors {
  return untilDisposed(new SimdNeighbors(backend.runtime, attrs));
}
