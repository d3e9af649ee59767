/** Number of columns from which products with moves save more than they cost: those of shorter rows cost little. */
const LONG = 256;

/** Lengths of the moves of centroids, which tell whether bounds are to add products with the next ones. */
export class MoveLengths {
  /** Sums over all centroids: of the last moves, of those that bounds have added since new products, and of |c|. */
  #last = Infinity;
  #added = 0;
  #lengths = 0;

  /** True if, for rows of d columns, bounds are to add moves as long as the last ones: they lose less than by new products. */
  pay(d: number): boolean {
    return d >= LONG && this.#added + this.#last < this.#lengths;
  }

  /** Takes the moves of a step from the facts of the centroids, see `structures.ts`. */
  note(facts: Float64Array, areAdded: boolean): void {
    this.#last = this.#lengths = 0;
    for (let at = 0; at < facts.length; at += 8) {
      this.#last += Math.sqrt(facts[at]);
      this.#lengths += Math.sqrt(facts[at + 1]);
    }
    this.#added = areAdded ? this.#added + this.#last : 0;
  }

  /** Forgets all moves: the next one has no bounds to be added to. */
  reset(): void {
    this.#last = Infinity;
    this.#added = 0;
  }
}
