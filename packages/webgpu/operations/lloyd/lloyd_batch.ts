import { CONTESTED, COUNTERS, LIST, LISTED, UNDECIDED } from "../../kernels/lloyd_frame.ts";
import type { RowPart } from "../row_store.ts";
import type { LloydLayout } from "./lloyd_layout.ts";

/** Steps that the device takes before the host reads them, at most. */
export const BATCH = 8;

/** Lists of rows. */
export type RowList = "undecided" | "contested";

const counterOf = { contested: CONTESTED, undecided: UNDECIDED } as const;

/** State, labels and what is kept of the steps of a batch, as the host reads them. */
export class LloydBatch {
  /** Number of steps that were taken, at least one. */
  readonly taken: number;
  readonly #layout: LloydLayout;
  readonly #words: Uint32Array;
  readonly #historyAt: number;
  readonly #labelsAt: readonly number[];
  readonly #parts: readonly RowPart[];

  /** Reads what `LloydBuffers.run` copied. */
  constructor(
    layout: LloydLayout,
    steps: number,
    words: Uint32Array,
    historyAt: number,
    labelsAt: readonly number[],
    parts: readonly RowPart[],
  ) {
    this.#layout = layout;
    this.#words = words;
    this.#historyAt = historyAt;
    this.#labelsAt = labelsAt;
    this.#parts = parts;
    const stopped = words.subarray(0, steps).findIndex((stop) => stop !== 0);
    this.taken = stopped === -1 ? steps : stopped;
  }

  /** Number of rows of a part in a list of a step. */
  counter(step: number, part: number, list: RowList): number {
    return this.#words[this.#counters(step, part) + counterOf[list]];
  }

  /** Rows that are undecided in a step; undefined if they are too many, as those of the last step may be. */
  undecided(step: number): number[] | undefined {
    const found: number[] = [];
    for (const [part, { start }] of this.#parts.entries()) {
      const count = this.counter(step, part, "undecided");
      if (count > LISTED) return undefined;
      const first = this.#counters(step, part) + LIST;
      for (let at = first; at < first + count; at++) found.push(start + this.#words[at]);
    }
    return found.sort((a, b) => a - b);
  }

  /** The cluster of each row after a step, −1 for those that never had one. */
  labels(step: number): Int32Array {
    const labels = new Int32Array(this.#layout.n);
    this.#parts.forEach(({ start, rows }, part) => {
      const first = this.#labelsAt[part] + step * rows;
      for (let i = 0; i < rows; i++) labels[start + i] = this.#words[first + i] - 1;
    });
    return labels;
  }

  /** Sums and counts of the clusters after a step, in units of the device, where it keeps them. */
  sums(step: number): { sums: Float64Array; counts: Float64Array } {
    const { k, d, sums: { words: width } = { words: 1 }, sumFraction } = this.#layout;
    const words = this.#history(step);
    const unit = 2 ** -sumFraction;
    const all = width === 1 ? Float64Array.from(words) : Float64Array.from(
      { length: words.length / 2 },
      (_, at) => ((words[2 * at + 1] | 0) * 2 ** 32 + words[2 * at]) * unit,
    );
    return { sums: all.slice(0, k * d), counts: all.slice(k * d) };
  }

  /**
   * Returns true if the centroids that the device went on from after a step, where it keeps them,
   * are near enough to the host's for its bounds of errors to hold.
   *
   * @param centroids The host's, in units of the device.
   */
  wentOnFrom(centroids: Float64Array, step: number): boolean {
    const { tolerance, fraction } = this.#layout;
    const words = this.#history(step);
    const unit = 2 ** fraction;
    return centroids.every((value, at) => Math.abs(value * unit - (words[at] | 0)) <= tolerance);
  }

  #history(step: number): Uint32Array {
    const { historyWords } = this.#layout;
    const first = this.#historyAt + step * historyWords;
    return this.#words.subarray(first, first + historyWords);
  }

  #counters(step: number, part: number): number {
    return this.#layout.steps + 1 + (step * this.#parts.length + part) * COUNTERS;
  }
}
