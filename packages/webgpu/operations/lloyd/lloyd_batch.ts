import { CONTESTED, COUNTERS, UNDECIDED } from "../../kernels/lloyd_frame.ts";
import type { RowPart } from "../row_store.ts";

/** Steps that the device takes before the host reads them, at most. */
export const BATCH = 8;

/** Numbers that tell how a batch is laid out. */
export interface BatchLayout {
  /** Number of clusters. */
  readonly k: number;
  /** Number of steps, at most. */
  readonly steps: number;
  /** Bits after the point of sums. */
  readonly sumFraction: number;
  /** 32-bit words of the sums and counts of a step. */
  readonly historyWords: number;
  /** 32-bit words of a sum. */
  readonly sumWords: number;
}

const counterOf = { contested: CONTESTED, undecided: UNDECIDED } as const;

/** State, sums and labels of a batch of steps, as the host reads them. */
export class LloydBatch {
  /** Number of steps that were taken, at least one. */
  readonly taken: number;
  readonly #layout: BatchLayout;
  readonly #words: Uint32Array;
  readonly #historyAt: number;
  readonly #labelsAt: readonly number[];
  readonly #parts: readonly RowPart[];

  /** Reads what `LloydBuffers.run` copied. */
  constructor(
    layout: BatchLayout,
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
  counter(step: number, part: number, list: "undecided" | "contested"): number {
    const first = this.#layout.steps + 1 + (step * this.#parts.length + part) * COUNTERS;
    return this.#words[first + counterOf[list]];
  }

  /** The cluster of each row after a step, −1 for those that never had one. */
  labels(step: number, n: number): Int32Array {
    const labels = new Int32Array(n);
    this.#parts.forEach(({ start, rows }, part) => {
      const first = this.#labelsAt[part] + step * rows;
      for (let i = 0; i < rows; i++) labels[start + i] = this.#words[first + i] - 1;
    });
    return labels;
  }

  /** Sums and counts of the clusters after a step, in units of the device. */
  sums(step: number, d: number): { sums: Float64Array; counts: Float64Array } {
    const { k, sumWords, sumFraction, historyWords } = this.#layout;
    const first = this.#historyAt + step * historyWords;
    const words = this.#words.subarray(first, first + historyWords);
    const counts = Float64Array.from(words.subarray(k * d * sumWords));
    if (sumWords === 1) return { sums: Float64Array.from(words.subarray(0, k * d)), counts };
    const unit = 2 ** -sumFraction;
    const sums = Float64Array.from({ length: k * d }, (_, at) => {
      return ((words[2 * at + 1] | 0) * 2 ** 32 + words[2 * at]) * unit;
    });
    return { sums, counts };
  }
}
