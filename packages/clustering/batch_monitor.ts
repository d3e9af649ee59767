/**
 * Decides when batches have stopped improving, from an exponentially weighted average of their
 * inertia.
 */
export class BatchMonitor {
  readonly #share: number;
  readonly #patience: number;
  #average: number | undefined;
  #lowest = Infinity;
  #stale = 0;
  #isFirst = true;

  /**
   * @param share Weight of the newest batch in the average, from 0 to 1.
   * @param patience Number of consecutive batches that may fail to lower the average.
   */
  constructor(share: number, patience: number) {
    this.#share = share;
    this.#patience = patience;
  }

  /** Takes the mean inertia of the next batch and returns true once patience has run out. */
  isStale(inertia: number): boolean {
    if (this.#isFirst) {
      // The first batch measures the start, not a step.
      this.#isFirst = false;
      return false;
    }
    this.#average = this.#average === undefined
      ? inertia
      : this.#average * (1 - this.#share) + inertia * this.#share;
    this.#stale = this.#average < this.#lowest ? 0 : this.#stale + 1;
    this.#lowest = Math.min(this.#lowest, this.#average);
    return this.#stale >= this.#patience;
  }
}
