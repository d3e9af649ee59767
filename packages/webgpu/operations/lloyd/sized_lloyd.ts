import type { LloydAttributes, LloydSession, LloydStep, MaybePromise } from "@mixtape/operations";
import { onProcessor } from "../processor.ts";
import type { RowHold } from "../row_hold.ts";
import { isSmallLloyd } from "../small_problems.ts";

/** Lloyd's algorithm on `simd` if it is small, which the number of clusters of its first step tells. */
export class SizedLloydSession implements LloydSession {
  readonly #attrs: LloydAttributes;
  readonly #openOnDevice: () => LloydSession;
  readonly #hold: RowHold;
  #session: LloydSession | undefined;
  #isOpen = true;

  /** Waits for a first step, and holds rows meanwhile that a choice of starts may upload. */
  constructor(attrs: LloydAttributes, openOnDevice: () => LloydSession, hold: RowHold) {
    this.#attrs = attrs;
    this.#openOnDevice = openOnDevice;
    this.#hold = hold;
  }

  /** Takes a step where the first one went. */
  step(centroids: Float64Array): MaybePromise<LloydStep> {
    return (this.#opened() ?? this.#open(centroids)).step(centroids);
  }

  /** Returns the distances of the last step. */
  distances(): MaybePromise<Float64Array> {
    return this.#opened()?.distances() ?? new Float64Array(this.#attrs.x.shape[0]);
  }

  /** Forgets the labels of the last step. */
  reset(): void {
    this.#session?.reset();
  }

  /** Frees everything. */
  [Symbol.dispose](): void {
    this.#isOpen = false;
    this.#session?.[Symbol.dispose]();
    this.#session = undefined;
    this.#hold[Symbol.dispose]();
  }

  #opened(): LloydSession | undefined {
    if (this.#isOpen) return this.#session;
    throw new TypeError("Cannot use a session: it was disposed of, open another one");
  }

  #open(centroids: Float64Array): LloydSession {
    const { x } = this.#attrs;
    const isSmall = isSmallLloyd(this.#attrs, centroids.length / x.shape[1]);
    if (!isSmall) return this.#session = this.#openOnDevice();
    this.#hold[Symbol.dispose]();
    return this.#session = onProcessor("MixtapeLloyd", this.#attrs, "it is small");
  }
}
