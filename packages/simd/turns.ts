import type { MaybePromise } from "@mixtape/operations";

/**
 * Work that takes long, as a generator: it yields wherever the event loop may turn, and goes on when it
 * is asked for its next value. A signal that was aborted meanwhile is thrown where it yielded, so that
 * `finally` releases what the work holds.
 */
export type Work<Result> = Generator<void, Result, void>;

/** Milliseconds after which work lets the event loop turn. */
const LONGEST = 20;

/**
 * The time for which work has held the thread since the event loop last turned. Only work that may take
 * long looks at the clock, which can cost as much as a small job.
 */
export class Turns {
  #held = 0;
  #since: number | undefined;

  /** Returns the milliseconds for which work has held the thread; begins to count them. */
  begin(): number {
    this.#since ??= performance.now();
    return this.#held + performance.now() - this.#since;
  }

  /** Stops counting until work begins again. */
  end(): void {
    if (this.#since !== undefined) this.#held += performance.now() - this.#since;
    this.#since = undefined;
  }

  /** True if the event loop should turn. */
  get due(): boolean {
    return this.begin() >= LONGEST;
  }

  /** Yields if the event loop should turn; for loops on the host, about once per millisecond. */
  *offer(): Work<void> {
    if (this.due) yield;
  }

  /**
   * Does work at once if it does not yield; else the event loop turns where it yields.
   *
   * @param signal Ends the work, which then fails with the reason of the signal.
   */
  drive<Result>(work: Work<Result>, signal?: AbortSignal): MaybePromise<Result> {
    const first = this.#advance(work);
    return first.done ? first.value : this.#goOn(work, signal);
  }

  async #goOn<Result>(work: Work<Result>, signal?: AbortSignal): Promise<Result> {
    for (;;) {
      await turn();
      this.#held = 0;
      const next = this.#advance(work, signal);
      if (next.done) return next.value;
    }
  }

  #advance<Result>(work: Work<Result>, signal?: AbortSignal): IteratorResult<void, Result> {
    try {
      return signal?.aborted ? work.throw(signal.reason) : work.next();
    } finally {
      this.end();
    }
  }
}

/** Does work to its end, without a turn of the event loop. */
export function atOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

/** Lets the event loop turn once. */
function turn(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (setImmediate) return new Promise((resolve) => setImmediate(resolve));
  // The timers of browsers wait 4 ms, messages do not.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
