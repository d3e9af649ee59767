import type { FactoredNeighbors, NeighborAttributes } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { neighbors } from "../module/neighbors.ts";
import type { SimdRuntime } from "../runtime.ts";
import { product } from "./product.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Queries of a block, as in kernels/neighbors.ts. */
const BLOCK_QUERIES = 8;

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
      this.#factor = this.#runtime.memory.place(attrs.pointFactor).address;
    } catch (error) {
      this.#runtime.memory.free(this.#points);
      throw error;
    }
  }

  kthDistances(queries: Float64Array, queryFactor: Float32Array): Float64Array {
    const { width, group, groups } = this.#attributes;
    const { memory } = this.#runtime;
    const rows = queryFactor.length / width;
    const n = group * groups;
    return memory.borrow(4 * rows * n, (scores) => {
      memory.borrow(queryFactor.byteLength, (a) => {
        memory.float32(a, queryFactor.length).set(queryFactor);
        const shape = { m: rows, n, k: width, transposeB: true };
        product(this.#runtime, { ...shape, a, b: this.#factor, output: scores });
      });
      return this.#select(scores, queries, rows);
    });
  }

  [Symbol.dispose](): void {
    this.#runtime.memory.free(this.#points);
    this.#runtime.memory.free(this.#factor);
  }

  #select(scores: number, queries: Float64Array, rows: number): Float64Array {
    const { points, dimensions, k, group, groups, doubt } = this.#attributes;
    const { memory, threads } = this.#runtime;
    const scratchBytes = 8 * (Math.ceil(groups / 2) + k) + 64;
    return memory.borrow(queries.byteLength + 8 * rows, (at) => {
      memory.float64(at, queries.length).set(queries);
      const output = at + queries.byteLength;
      memory.borrow(scratchBytes * threads, (scratch) => {
        this.#runtime.run(neighbors, "kthDistances", [
          ...[scores, at, this.#points, output, rows, dimensions, points.length / dimensions, k],
          ...[group, groups, doubt, scratch, scratchBytes],
        ], Math.ceil(rows / BLOCK_QUERIES));
      });
      return memory.float64(output, rows).slice();
    });
  }
}

/** Opens the search for the k-th nearest of points with many coordinates. */
export function openNeighbors({ attrs, backend }: NamedCall<"MixtapeNeighbors">): SimdNeighbors {
  return untilDisposed(new SimdNeighbors(backend.runtime, attrs));
}
