import type { FactoredNeighbors, NeighborAttributes } from "@mixtape/operations";
import { Gpu } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import { GROUP, MOST_GROUPS } from "../kernels/neighbors.ts";
import { NearestPoints } from "./neighbors/nearest_points.ts";
import { QueryBlock } from "./neighbors/query_block.ts";
import { ScoredPoints } from "./neighbors/scored_points.ts";
import { onProcessor } from "./processor.ts";

/** Share of a list's room that is planned for, as some queries have more points than others. */
const FILLING = 0.75;

/**
 * Points on the device and the search among them. The device scores all points and tells those whose
 * scores are best; the host measures these, and then those that the device lists as no worse than
 * what was measured, up to rounding.
 */
class WebGpuNeighbors implements FactoredNeighbors {
  readonly #gpu: Gpu;
  readonly #attributes: NeighborAttributes;
  readonly #points: ScoredPoints;
  #isOpen = true;

  constructor(gpu: Gpu, attributes: NeighborAttributes) {
    this.#gpu = gpu;
    this.#attributes = attributes;
    this.#points = new ScoredPoints(gpu, attributes);
  }

  async kthDistances(
    queries: Float64Array,
    queryFactor: Float32Array,
    signal?: AbortSignal,
  ): Promise<Float64Array> {
    if (!this.#isOpen) {
      throw new TypeError("Cannot use a session: it was disposed of, open another one");
    }
    const { width, dimensions } = this.#attributes;
    const rows = queryFactor.length / width;
    const distances = new Float64Array(rows);
    if (rows === 0) return distances;
    // Calls at the same time have buffers of their own.
    const block = new QueryBlock(this.#gpu, this.#points, this.#attributes, rows);
    try {
      for (let start = 0; start < rows; start += block.rows) {
        signal?.throwIfAborted();
        const end = Math.min(rows, start + block.rows);
        const own = queries.subarray(start * dimensions, end * dimensions);
        const factor = queryFactor.subarray(start * width, end * width);
        distances.set(await this.#search(block, own, factor), start);
      }
      return distances;
    } finally {
      block[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#points[Symbol.dispose]();
  }

  async #search(
    block: QueryBlock,
    queries: Float64Array,
    factor: Float32Array,
  ): Promise<Float64Array> {
    const { points, dimensions, k, doubt } = this.#attributes;
    const rows = queries.length / dimensions;
    const nearest = new NearestPoints(points, dimensions, k, queries);
    const top = await block.top(factor);
    top.forEach((point, at) => nearest.measure(Math.floor(at / block.most), point));
    const least = Float32Array.from(
      { length: rows },
      (_, query) => below(nearest.leastScore(query) - doubt),
    );
    let size = rows;
    for (let from = 0; from < rows;) {
      const to = Math.min(rows, from + size);
      const { count, capacity, words } = await block.list(least, from, to);
      if (count > capacity && to - from > 1) {
        size = Math.max(1, Math.floor((to - from) * FILLING * capacity / count));
        continue;
      }
      if (count > capacity) nearest.measureAll(from);
      else this.#measure(nearest, top, block.most, words);
      from = to;
    }
    return Float64Array.from({ length: rows }, (_, query) => nearest.kth(query));
  }

  /** Measures listed points that the first pass did not tell. */
  #measure(nearest: NearestPoints, top: Uint32Array, most: number, words: Uint32Array): void {
    const { points, dimensions, doubt } = this.#attributes;
    const scores = new Float32Array(words.buffer, words.byteOffset, words.length);
    const n = points.length / dimensions;
    const told = new Map<number, Set<number>>();
    for (let at = 0; at < words.length; at += 3) {
      const [query, point] = [words[at], words[at + 1]];
      if (point >= n || scores[at + 2] < nearest.leastScore(query) - doubt) continue;
      let before = told.get(query);
      if (!before) {
        before = new Set(top.subarray(query * most, (query + 1) * most));
        told.set(query, before);
      }
      if (!before.has(point)) nearest.measure(query, point);
    }
  }
}

/** Opens the search for the k-th nearest of points with many coordinates. */
export function openNeighbors(
  { attrs, backend }: NamedCall<"MixtapeNeighbors">,
): FactoredNeighbors {
  if (attrs.points.length / attrs.dimensions > GROUP * MOST_GROUPS) {
    return onProcessor(
      "MixtapeNeighbors",
      attrs,
      "a thread has not enough turns for so many points",
    );
  }
  return new WebGpuNeighbors(new Gpu(backend), attrs);
}

/** Returns a float32 number that is no more than a number. */
function below(value: number): number {
  return Math.max(-3e38, Math.fround(value - 2 ** -24 * (1 + Math.abs(value))));
}
