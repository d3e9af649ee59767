/** When a download is too slow to be worth waiting for. */
export interface Patience {
  /** Milliseconds without a byte after which it is given up. */
  readonly timeoutMs: number;
  /** Bytes per second that must arrive, as the mean over each window. */
  readonly minBytesPerSecond: number;
  /** Milliseconds over which that mean is taken. */
  readonly rateWindowMs: number;
}

/** Aborts what has been silent for too long, or sends too little to ever end. */
export class Watchdog implements Disposable {
  readonly #controller = new AbortController();
  readonly #patience: Patience;
  #silence: ReturnType<typeof setTimeout>;
  #window: ReturnType<typeof setInterval> | undefined;
  #bytesInWindow = 0;
  /** What is said of the silence, once it was too long. */
  silent: string | undefined;
  /** What is said of the rate, once it was too low. */
  slow: string | undefined;

  /** Begins to wait for the first byte. */
  constructor(patience: Patience) {
    this.#patience = patience;
    this.#silence = this.#awaitBytes();
  }

  /** Aborts when patience is at its end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Takes note of bytes that arrived; the first ones begin the first window. */
  received(bytes: number): void {
    clearTimeout(this.#silence);
    this.#silence = this.#awaitBytes();
    this.#bytesInWindow += bytes;
    this.#window ??= setInterval(() => this.#checkRate(), this.#patience.rateWindowMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#silence);
    clearInterval(this.#window);
  }

  #awaitBytes(): ReturnType<typeof setTimeout> {
    const { timeoutMs } = this.#patience;
    return setTimeout(() => {
      this.silent = `sent nothing for ${timeoutMs / 1000} s`;
      this.#controller.abort();
    }, timeoutMs);
  }

  #checkRate(): void {
    const { minBytesPerSecond, rateWindowMs } = this.#patience;
    const seconds = rateWindowMs / 1000;
    if (this.#bytesInWindow < minBytesPerSecond * seconds) {
      this.slow = `sent ${this.#bytesInWindow} bytes in ${seconds} s, ` +
        `at least ${minBytesPerSecond} per second were expected`;
      this.#controller.abort();
    }
    this.#bytesInWindow = 0;
  }
}
