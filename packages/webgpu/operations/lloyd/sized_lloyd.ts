import type { LloydAttributes, LloydSession, LloydStep, MaybePromise } from "@mixtape/operations";
import { onProcessor } from "../processor.ts";
import type { RowHold } from "../row_hold.ts";
import { isSmallLloyd } from "../small_problems.ts";
import { canStep, TOO_LARGE } from "./turns.ts";

/**
 * Lloyd's algorithm on the device, or on `simd`, as the number of clusters of its first step tells: if it is small, or
 * too large for the device.
 */
export class SizedLloydSession implements LloydSession {
  readonly #attrs: LloydAttributes;
  readonly #openOnDevice: () => LloydSession;
  readonly #hold: RowHold;
  readonly #leavesSmall: boolean;
  readonly #mostBytes: number;
  #session: LloydSession | undefined;
  #isOnDevice = false;
  #isOpen = true;

  /** Waits for a first step, and holds rows meanwhile that a choice of starts may upload. */
  constructor(
    attrs: LloydAttributes,
    openOnDevice: () => LloydSession,
    hold: RowHold,
    { leavesSmall, mostBytes }: { readonly leavesSmall: boolean; readonly mostBytes: number },
  ) {
    this.#attrs = attrs;
    this.#openOnDevice = openOnDevice;
    this.#hold = hold;
    this.#leavesSmall = leavesSmall;
    this.#mostBytes = mostBytes;
  }

  /** Takes a step where the first one went, unless that was on the device and has now too many clusters for it. */
  step(centroids: Float64Array): MaybePromise<LloydStep> {
    const d = this.#attrs.x.shape[1];
    const k = centroids.length / d;
    const session = this.#opened();
    if (session && (!this.#isOnDevice || canStep(d, k, this.#mostBytes))) {
      return session.step(centroids);
    }
    session?.[Symbol.dispose]();
    return this.#open(d, k).step(centroids);
  }

  /** Gathers the labels of the last step, if it was on the device. */
  get labels(): LloydSession["labels"] {
    const session = this.#opened();
    return session?.labels?.bind(session);
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

  #open(d: number, k: number): LloydSession {
    const isSmall = this.#leavesSmall && isSmallLloyd(this.#attrs, k);
    this.#isOnDevice = !isSmall && canStep(d, k, this.#mostBytes);
    if (this.#isOnDevice) return this.#session = this.#openOnDevice();
    this.#hold[Symbol.dispose]();
    const reason = isSmall ? "it is small" : TOO_LARGE;
    return this.#session = onProcessor("MixtapeLloyd", this.#attrs, reason);
  }
}
