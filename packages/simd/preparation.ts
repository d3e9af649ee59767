import type { Turns, Work } from "./turns.ts";

/**
 * A thing that takes long to prepare, begun at once and continued by whoever needs it first. If that one
 * is aborted, the next one goes on.
 */
export class Preparation<Thing> {
  readonly #start: () => Work<Thing>;
  readonly #turns: Turns;
  readonly #release: (thing: Thing) => void;
  #work: Work<Thing> | undefined;
  #done: { readonly thing: Thing } | undefined;

  /**
   * Begins to prepare.
   *
   * @param start Makes the work, which frees what it holds if it ends early.
   * @param release Frees the thing.
   */
  constructor(turns: Turns, start: () => Work<Thing>, release: (thing: Thing) => void) {
    this.#start = start;
    this.#turns = turns;
    this.#release = release;
    try {
      this.#advance();
    } finally {
      turns.end();
    }
  }

  /** Finishes the preparation, after a failure from the start; returns the thing. */
  *finish(): Work<Thing> {
    for (;;) {
      if (this.#done) return this.#done.thing;
      if (this.#work) yield;
      this.#advance();
    }
  }

  /** Frees the thing, or what there is of it. */
  [Symbol.dispose](): void {
    if (this.#done) this.#release(this.#done.thing);
    this.#work?.return(undefined as never);
    this.#work = this.#done = undefined;
    this.#turns.end();
  }

  #advance(): void {
    const work = this.#work ??= this.#start();
    try {
      const next = work.next();
      if (next.done) this.#done = { thing: next.value };
      if (next.done) this.#work = undefined;
    } catch (error) {
      this.#work = undefined;
      throw error;
    }
  }
}
