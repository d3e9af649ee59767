import type { NeighborAttributes } from "@mixtape/operations";
import type { Gpu } from "../../gpu.ts";
import { GROUP, LANES } from "../../kernels/neighbors.ts";

/** A score below that of any point. */
const WORST = -8;

/** Consecutive groups of points in a buffer. */
export interface PointPart {
  /** Index of the first group. */
  readonly first: number;
  /** Number of groups. */
  readonly groups: number;
  /** The points, laid out as kernels/neighbors.ts says. */
  readonly buffer: GPUBuffer;
}

/** Factors of points on the device, in parts that fit a buffer. */
export class ScoredPoints implements Disposable {
  /** Groups of four columns of a point. */
  readonly quads: number;
  /** Groups of points. */
  readonly groups: number;
  /** Groups that lie side by side. */
  readonly lanes: number;
  /** The points. */
  readonly parts: readonly PointPart[];

  /** Uploads the points. */
  constructor(gpu: Gpu, attributes: NeighborAttributes) {
    const { width, pointFactor } = attributes;
    this.quads = Math.ceil(width / 4);
    this.groups = Math.ceil(pointFactor.length / width / GROUP);
    const bytes = 16 * this.quads * GROUP;
    const most = Math.floor(gpu.mostBytes / bytes);
    if (most === 0) {
      throw new RangeError(
        `Cannot upload points of ${width} columns: ${GROUP} of them exceed the ${gpu.mostBytes} ` +
          "bytes that a buffer of the device may have, use the backend simd",
      );
    }
    this.lanes = Math.min(LANES, most);
    const size = Math.floor(most / this.lanes) * this.lanes;
    const parts: PointPart[] = [];
    for (let first = 0; first < this.groups; first += size) {
      const groups = Math.min(size, this.groups - first);
      const rounded = Math.ceil(groups / this.lanes) * this.lanes;
      const buffer = gpu.filled(bytes * rounded, (words) => {
        this.#fill(new Float32Array(words.buffer), attributes, first * GROUP, groups * GROUP);
      });
      parts.push({ first, groups, buffer });
    }
    this.parts = parts;
  }

  /** Frees the points. */
  [Symbol.dispose](): void {
    this.parts.forEach(({ buffer }) => buffer.destroy());
  }

  #fill(
    values: Float32Array,
    { pointFactor, width }: NeighborAttributes,
    start: number,
    points: number,
  ): void {
    const { lanes, quads } = this;
    for (let i = 0; i < points; i++) {
      const g = Math.floor(i / GROUP);
      let to = 4 * ((Math.floor(g / lanes) * GROUP + i % GROUP) * quads * lanes + g % lanes);
      let from = (start + i) * width;
      // A query's last number is 1.
      if (from >= pointFactor.length) {
        values[to + 4 * lanes * (quads - 1) + (width - 1) % 4] = WORST;
        continue;
      }
      for (const end = from + width; from < end; from += 4, to += 4 * lanes) {
        const count = Math.min(4, end - from);
        for (let j = 0; j < count; j++) values[to + j] = pointFactor[from + j];
      }
    }
  }
}
