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
/** Queries of a block: points are read once for all of them, and their scores are held by a thread. */
const BLOCK_QUERIES = 8 * TILE_ROWS;

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
    const { points, dimensions, width, k, group, groups, doubt } = this.#attributes;
    const { threads } = this.#runtime;
    const columns = Math.ceil(group * groups / TILE_COLUMNS) * TILE_COLUMNS;
    const depth = Math.ceil(width / 4) * 4;
    const best = 8 * (Math.ceil(groups / 2) + k);
    const scratchBytes = 4 * BLOCK_QUERIES * (depth + columns) + best + 64;
    const args = [
      ...[this.#factor, at.factor, at.queries, this.#points, at.output, at.rows, dimensions],
      ...[points.length / dimensions, k, group, groups, doubt, width, BLOCK_QUERIES],
      ...[regions.allocate(scratchBytes * threads), scratchBytes],
    ];
    const blocks = Math.ceil(at.rows / BLOCK_QUERIES);
    const work = at.rows * points.length;
    return this.#runtime.runInPieces(neighbors, "kthDistances", args, blocks, work);
  }
}

/** Places the factor of the points in panels, and returns its address. */
function packed(runtime: SimdRuntime, attrs: NeighborAttributes): number {
  const { pointFactor, width, group, groups } = attrs;
  const { memory } = runtime;
  const panels = Math.ceil(group * groups / TILE_COLUMNS);
  const address = memory.allocate(4 * panels * TILE_COLUMNS * Math.ceil(width / 4) * 4);
  try {
    memory.borrow(pointFactor.byteLength, (factor) => {
      memory.float32(factor, pointFactor.length).set(pointFactor);
      const job = [factor, 4 * width, address, width, group * groups, 1];
      runtime.run(matmul, "packRight", job, panels);
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
