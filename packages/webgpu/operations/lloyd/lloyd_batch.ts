import {
  CONTESTED,
  COUNTERS,
  LIST,
  LISTED,
  MOVED,
  OPEN_WORDS,
  UNDECIDED,
} from "../../kernels/lloyd_frame.ts";
import type { RowPart } from "../row_store.ts";
import type { LloydLayout } from "./lloyd_layout.ts";

const counterOf = { contested: CONTESTED, undecided: UNDECIDED, moved: MOVED } as const;

/** A row that the device leaves in doubt. */
export interface OpenRow {
  /** Index of the row. */
  readonly row: number;
  /** Label of the device in the step before, −1 for none. */
  readonly before: number;
  /** Label of the device in this step. */
  readonly now: number;
}

/** A batch of steps, and the labels that the host reads with their counters and sums. */
export interface LloydRequest {
  /** Number of steps, at most those of the layout. */
  readonly steps: number;
  /** Number of first steps whose labels are read, at most the labelled ones of the layout. */
  readonly labels: number;
  /** For each part, the number of rows to read of those that changed cluster in all steps; none by default. */
  readonly changes?: readonly number[];
  /** Rows whose labels of the first step are read. */
  readonly watched: readonly number[];
}

/** Indices of the first words of what was read. */
export interface BatchPlaces {
  readonly history: number;
  /** Undefined if no row was watched. */
  readonly watched: number | undefined;
  /** Of each part. */
  readonly changes: readonly number[];
  /** Of each part, the labels of one step after those of another. */
  readonly labels: readonly number[];
}

/** State, sums and whatever else the host read of the steps of a batch. */
export class LloydBatch {
  /** Number of steps that were taken, at least one. */
  readonly taken: number;
  readonly #layout: LloydLayout;
  readonly #words: Uint32Array;
  readonly #request: LloydRequest;
  readonly #places: BatchPlaces;
  readonly #parts: readonly RowPart[];
  /** Labels of steps, as far as they were read. */
  readonly #labels: Int32Array[] = [];

  /** Takes what `LloydBuffers.run` read. */
  constructor(
    layout: LloydLayout,
    parts: readonly RowPart[],
    request: LloydRequest,
    words: Uint32Array,
    places: BatchPlaces,
  ) {
    this.#layout = layout;
    this.#words = words;
    this.#request = request;
    this.#places = places;
    this.#parts = parts;
    const stopped = words.subarray(0, request.steps).findIndex((stop) => stop !== 0);
    this.taken = stopped === -1 ? request.steps : stopped;
    this.addLabels(0, request.labels, words, places.labels);
  }

  /** Number of rows of a part in a list of a step. */
  counter(step: number, part: number, list: keyof typeof counterOf): number {
    return this.#words[this.#counters(step, part) + counterOf[list]];
  }

  /** Number of rows that changed cluster in a step. */
  moves(step: number): number {
    return this.#parts.reduce((sum, _, part) => sum + this.counter(step, part, "moved"), 0);
  }

  /** Rows that are undecided in a step; undefined if they are too many, as those of the last step may be. */
  undecided(step: number): OpenRow[] | undefined {
    const found: OpenRow[] = [];
    for (const [part, { start }] of this.#parts.entries()) {
      const count = this.counter(step, part, "undecided");
      if (count > LISTED) return undefined;
      const first = this.#counters(step, part) + LIST;
      const words = this.#words.subarray(first, first + OPEN_WORDS * count);
      found.push(...openRows(words, start));
    }
    return found.sort((a, b) => a.row - b.row);
  }

  /** The cluster of each row after a step, −1 for those that never had one; undefined if they were not read. */
  labels(step: number): Int32Array | undefined {
    return this.#labels[step];
  }

  /** Takes labels of steps that were read later. */
  addLabels(step: number, steps: number, words: Uint32Array, places: readonly number[]): void {
    for (let at = 0; at < steps; at++) {
      const labels = this.#labels[step + at] = new Int32Array(this.#layout.n);
      this.#parts.forEach(({ start, rows }, part) => {
        const first = places[part] + at * rows;
        for (let i = 0; i < rows; i++) labels[start + i] = words[first + i] - 1;
      });
    }
  }

  /** Label of a row that was watched, after the first step. */
  watched(row: number): number {
    const labels = this.labels(0);
    if (labels) return labels[row];
    return this.#words[this.#places.watched! + this.#request.watched.indexOf(row)] - 1;
  }

  /**
   * Writes the labels that changed in a step.
   *
   * @param step Index of the step.
   * @param labels Labels of the device in the step before.
   * @returns False, with nothing written, if the host has not read all of them.
   */
  change(step: number, labels: Int32Array): boolean {
    const { changes } = this.#request;
    if (!changes) return false;
    const first = changes.map((_, part) => {
      let sum = 0;
      for (let before = 0; before < step; before++) sum += this.counter(before, part, "moved");
      return sum;
    });
    const counts = changes.map((_, part) => this.counter(step, part, "moved"));
    if (changes.some((read, part) => first[part] + counts[part] > read)) return false;
    this.#parts.forEach(({ start }, part) => {
      let at = this.#places.changes[part] + 2 * first[part];
      for (const end = at + 2 * counts[part]; at < end; at += 2) {
        labels[start + this.#words[at]] = this.#words[at + 1] - 1;
      }
    });
    return true;
  }

  /** Sums and counts of the clusters after a step, in units of the device. */
  sums(step: number): { sums: Float64Array; counts: Float64Array } {
    const { k, d, historyWords, sums: { words: width } = { words: 1 }, sumFraction } = this.#layout;
    const first = this.#places.history + step * historyWords;
    const words = this.#words.subarray(first, first + historyWords);
    const unit = 2 ** -sumFraction;
    const all = width === 1 ? Float64Array.from(words) : Float64Array.from(
      { length: words.length / 2 },
      (_, at) => ((words[2 * at + 1] | 0) * 2 ** 32 + words[2 * at]) * unit,
    );
    return { sums: all.slice(0, k * d), counts: all.slice(k * d) };
  }

  /**
   * Returns true if the means that the device went on from after a step are near enough to the
   * host's for its bounds of errors to hold.
   *
   * @param centroids The host's, in units of the device.
   */
  wentOnFrom(centroids: Float64Array, step: number): boolean {
    const { d, tolerance, fraction } = this.#layout;
    const { sums, counts } = this.sums(step);
    // The device rounds its means to units, of which it may be off by half.
    const most = (tolerance - 1) * 2 ** -fraction;
    return centroids.every((value, at) => {
      return Math.abs(value - sums[at] / counts[Math.floor(at / d)]) <= most;
    });
  }

  #counters(step: number, part: number): number {
    return this.#layout.steps + 1 + (step * this.#parts.length + part) * COUNTERS;
  }
}

/** Reads a list of undecided rows of the part that begins with row `start`. */
export function openRows(words: Uint32Array, start: number): OpenRow[] {
  return Array.from({ length: words.length / OPEN_WORDS }, (_, i) => {
    const [row, before, now] = words.subarray(OPEN_WORDS * i, OPEN_WORDS * (i + 1));
    return { row: start + row, before: before - 1, now: now - 1 };
  });
}
