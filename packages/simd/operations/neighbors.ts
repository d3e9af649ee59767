import type { FactoredNeighbors, MaybePromise, NeighborAttributes } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { buildInRegions, type Regions, workWithRegions } from "../memory/regions.ts";
import { neighbors } from "../module/neighbors.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { inPanels, inVectors, type PackedPoints, packPoints } from "./neighbors/packed_points.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Queries of a tile, as in kernels/neighbors.ts. */
const TILE_ROWS = 5;
/** Queries of a block: points are read once for all of them. */
const BLOCK_QUERIES = 8 * TILE_ROWS;
/** Points that a block is scored against at a time: their scores stay in the cache. */
const PART = 1024;
/** Points that may be near to a query are measured when so many of them are listed, or so many times k. */
const LISTED = { least: 1024, ofK: 4 };

/** Points in WebAssembly memory and the search among them. */
class SimdNeighbors implements FactoredNeighbors {
  readonly #runtime: SimdRuntime;
  readonly #attributes: NeighborAttributes;
  readonly #regions: Regions;
  readonly #points: number;
  readonly #packed: PackedPoints;

  constructor(runtime: SimdRuntime, attrs: NeighborAttributes, regions: Regions) {
    this.#runtime = runtime;
    this.#attributes = attrs;
    this.#regions = regions;
    this.#points = regions.place(attrs.points);
    this.#packed = packPoints(runtime, regions, attrs);
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
    this.#regions[Symbol.dispose]();
  }

  #search(
    regions: Regions,
    at: { queries: number; factor: number; output: number; rows: number },
  ): Work<void> {
    const { points, dimensions, width, k, doubt } = this.#attributes;
    const { threads } = this.#runtime;
    const n = points.length / dimensions;
    const inAll = inPanels(n);
    const part = Math.min(inAll, PART);
    const listed = Math.max(LISTED.least, LISTED.ofK * k);
    const searchBytes = 24 + 16 * k + 8 * listed;
    const { panels, centre, columns, floats, allowed, error, counted, length, leftOut } =
      this.#packed;
    const integers = inVectors(columns - floats);
    const queryBytes = searchBytes + integers + 4 * floats + 8;
    const scoreBytes = Math.max(4 * part, 5 * integers + 4 * floats);
    const scratchBytes = BLOCK_QUERIES * (queryBytes + scoreBytes);
    const args = [
      ...[panels, at.factor, at.queries, this.#points, at.output, at.rows, dimensions],
      ...[n, k, listed, part, inAll, doubt, width, BLOCK_QUERIES],
      ...[regions.allocate(scratchBytes * threads), scratchBytes],
      ...[centre, columns, floats, allowed, error, counted, length, searchBytes, leftOut],
    ];
    const blocks = Math.ceil(at.rows / BLOCK_QUERIES);
    const work = at.rows * points.length;
    return this.#runtime.runInPieces(neighbors, "kthDistances", args, blocks, work);
  }
}

/** Opens the search for the k-th nearest of points with many coordinates. */
export function openNeighbors({ attrs, backend }: NamedCall<"MixtapeNeighbors">): SimdNeighbors {
  const { runtime } = backend;
  return buildInRegions(
    runtime.memory,
    (regions) => untilDisposed(new SimdNeighbors(runtime, attrs, regions)),
  );
}
