import type { NeighborAttributes } from "@mixtape/operations";
import { type Gpu, grid, type Kernel } from "../../gpu.ts";
import {
  FRAME_BYTES,
  LANES,
  neighborsBest,
  neighborsList,
  neighborsTop,
  QUERIES,
} from "../../kernels/neighbors.ts";
import type { PointPart, ScoredPoints } from "./scored_points.ts";

/** Bytes that the best scores of a block of queries may take. */
const BLOCK_BYTES = 2 ** 27;
/** Points that a list has room for. */
const CAPACITY = 2 ** 20;
/** Bytes of a listed point: its query, which point it is, and its score. */
const LISTED_BYTES = 12;
/** Listed points per query that are read together with their number. */
const READ_AT_ONCE = 32;

/** Points that may be nearer to a query than those that were measured. */
export interface ListedPoints {
  /** Number of points; more than were listed if there was no room. */
  readonly count: number;
  /** Number of points that there is room for. */
  readonly capacity: number;
  /** For each point, the query, the point, and the bits of the score. */
  readonly words: Uint32Array;
}

/** Buffers and kernels for blocks of queries. */
export class QueryBlock implements Disposable {
  /** Number of queries of a block, at most. */
  readonly rows: number;
  /** Number of points per query that the first pass lists. */
  readonly most: number;
  readonly #gpu: Gpu;
  readonly #points: ScoredPoints;
  readonly #attributes: NeighborAttributes;
  readonly #capacity: number;
  readonly #kernels: Readonly<Record<"best" | "top" | "list", Kernel>>;
  readonly #queries: GPUBuffer;
  readonly #best: GPUBuffer;
  readonly #top: GPUBuffer;
  readonly #least: GPUBuffer;
  readonly #list: GPUBuffer;
  readonly #counter: GPUBuffer;
  readonly #frames: GPUBuffer[];
  readonly #staging: GPUBuffer;

  /** Makes room for at most `rows` queries at a time. */
  constructor(gpu: Gpu, points: ScoredPoints, attributes: NeighborAttributes, rows: number) {
    const { groups } = points;
    const { k } = attributes;
    this.#gpu = gpu;
    this.#points = points;
    this.#attributes = attributes;
    this.most = Math.min(k, groups);
    const bytes = Math.min(BLOCK_BYTES, gpu.mostBytes);
    const perQuery = Math.max(8 * Math.max(groups, k), 16 * points.quads);
    this.rows = Math.max(1, Math.min(rows, 65535, Math.floor(bytes / perQuery)));
    this.#capacity = Math.min(CAPACITY, Math.floor(bytes / LISTED_BYTES));
    this.#kernels = {
      best: gpu.kernel(neighborsBest, ["read", "read", "write", "uniform"]),
      top: gpu.kernel(neighborsTop, ["read", "write", "uniform"]),
      list: gpu.kernel(neighborsList, [
        ...["read", "read", "read", "read", "write", "write", "uniform"] as const,
      ]),
    };
    this.#queries = gpu.storage(16 * points.quads * this.rows);
    this.#best = gpu.storage(8 * groups * this.rows);
    this.#top = gpu.storage(4 * this.most * this.rows);
    this.#least = gpu.storage(4 * this.rows);
    this.#list = gpu.storage(LISTED_BYTES * this.#capacity);
    this.#counter = gpu.storage(4);
    this.#frames = points.parts.map(() => gpu.uniform(FRAME_BYTES));
    const read = Math.max(this.#top.size, 4 + LISTED_BYTES * this.#capacity);
    this.#staging = gpu.staging(read);
  }

  /**
   * Scores all points for the queries of a block.
   *
   * @param factor Factors of the queries.
   * @returns Points, `most` per query: the best ones of the best groups.
   */
  async top(factor: Float32Array): Promise<Uint32Array> {
    const gpu = this.#gpu;
    const rows = factor.length / this.#attributes.width;
    gpu.write(this.#queries, this.#pack(factor, rows));
    this.#points.parts.forEach((part, index) => this.#frame(part, index, rows, 0));
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#kernels.best.pipeline);
    this.#points.parts.forEach(({ buffer, groups }, index) => {
      const bound = [buffer, this.#queries, this.#best, this.#frames[index]];
      pass.setBindGroup(0, gpu.bind(this.#kernels.best, bound));
      pass.dispatchWorkgroups(Math.ceil(groups / LANES), Math.ceil(rows / QUERIES));
    });
    pass.setPipeline(this.#kernels.top.pipeline);
    const bound = [this.#best, this.#top, this.#frames[0]];
    pass.setBindGroup(0, gpu.bind(this.#kernels.top, bound));
    pass.dispatchWorkgroups(...grid(rows));
    pass.end();
    const bytes = 4 * this.most * rows;
    encoder.copyBufferToBuffer(this.#top, 0, this.#staging, 0, bytes);
    return new Uint32Array(await gpu.read(encoder, this.#staging, bytes));
  }

  /**
   * Lists the points whose scores are at least the least one of their query.
   *
   * @param least The least score of each query of the block.
   * @param from The first query whose points are listed.
   * @param to The one after the last.
   */
  async list(least: Float32Array, from: number, to: number): Promise<ListedPoints> {
    const gpu = this.#gpu;
    gpu.write(this.#least, least);
    this.#points.parts.forEach((part, index) => this.#frame(part, index, least.length, from));
    const encoder = gpu.device.createCommandEncoder();
    encoder.clearBuffer(this.#counter);
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#kernels.list.pipeline);
    this.#points.parts.forEach(({ buffer, groups }, index) => {
      const read = [buffer, this.#queries, this.#best, this.#least];
      const bound = [...read, this.#list, this.#counter, this.#frames[index]];
      pass.setBindGroup(0, gpu.bind(this.#kernels.list, bound));
      pass.dispatchWorkgroups(Math.ceil(groups / LANES), to - from);
    });
    pass.end();
    const capacity = this.#capacity;
    const first = Math.min(capacity, READ_AT_ONCE * (to - from));
    encoder.copyBufferToBuffer(this.#counter, 0, this.#staging, 0, 4);
    encoder.copyBufferToBuffer(this.#list, 0, this.#staging, 4, LISTED_BYTES * first);
    const words = new Uint32Array(
      await gpu.read(encoder, this.#staging, 4 + LISTED_BYTES * first),
    );
    const count = words[0];
    if (count > capacity) return { count, capacity, words: new Uint32Array() };
    const length = LISTED_BYTES * count;
    if (count <= first) return { count, capacity, words: words.subarray(1, 1 + length / 4) };
    const rest = gpu.device.createCommandEncoder();
    rest.copyBufferToBuffer(this.#list, 0, this.#staging, 0, length);
    return {
      count,
      capacity,
      words: new Uint32Array(await gpu.read(rest, this.#staging, length)),
    };
  }

  /** Frees the buffers. */
  [Symbol.dispose](): void {
    const own = [this.#queries, this.#best, this.#top, this.#least, this.#list, this.#counter];
    [...own, this.#staging, ...this.#frames].forEach((buffer) => buffer.destroy());
  }

  #frame({ first, groups }: PointPart, index: number, rows: number, from: number): void {
    const { quads, lanes, groups: all } = this.#points;
    const words = [rows, groups, first, all, quads, lanes, this.most, from, this.#capacity];
    this.#gpu.write(this.#frames[index], Uint32Array.from(words));
  }

  /** Fills up the columns of queries to whole groups of four. */
  #pack(factor: Float32Array, rows: number): Float32Array {
    const { width } = this.#attributes;
    const { quads } = this.#points;
    const packed = new Float32Array(4 * quads * rows);
    for (let i = 0; i < rows; i++) {
      packed.set(factor.subarray(i * width, (i + 1) * width), 4 * quads * i);
    }
    return packed;
  }
}
