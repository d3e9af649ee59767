/**
 * Sum that carries the rounding error of its additions along, so that many terms lose no digits.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  /** Adds a term. */
  add(term: number): void {
    const next = this.#sum + term;
    this.#lost += Math.abs(this.#sum) >= Math.abs(term)
      ? (this.#sum - next) + term
      : (term - next) + this.#sum;
    this.#sum = next;
  }

  /** The sum of the terms so far. */
  get value(): number {
    return this.#sum + this.#lost;
  }
}
