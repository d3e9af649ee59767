/** Limits below which a download is too slow to wait for. */
export interface Patience {
  /** Milliseconds without a byte after which it is abandoned. */
  readonly timeoutMs: number;
  /** Bytes per second that must arrive, on average over each window. */
  readonly minBytesPerSecond: number;
  /** Milliseconds over which that average is taken. */
  readonly rateWindowMs: number;
}

/** Aborts a download that is silent for too long, or sends too little ever to finish. */
export class Watchdog implements Disposable {
  readonly #controller = new AbortController();
  readonly #patience: Patience;
  #silence: ReturnType<typeof setTimeout>;
  #window: ReturnType<typeof setInterval> | undefined;
  #bytesInWindow = 0;
  /** Description of the silence, once it has been too long. */
  silent: string | undefined;
  /** Description of the rate, once it has been too low. */
  slow: string | undefined;

  /** Starts waiting for the first byte. */
  constructor(patience: Patience) {
    this.#patience = patience;
    this.#silence = this.#awaitBytes();
  }

  /** Signal that aborts when a limit is exceeded. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Records bytes that arrived; the first ones begin the first window. */
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
