import type { BlockMemory } from "./row_source.ts";

/** Memory for two blocks in turn: one is read into while the other is computed with. */
export class RecycledMemory implements BlockMemory {
  readonly rows: number;
  readonly #places: [Uint8Array, Uint8Array] = [new Uint8Array(), new Uint8Array()];
  #turn = 0;

  /** @param rows Number of rows of a block. */
  constructor(rows: number) {
    this.rows = rows;
  }

  next(bytes: number): Uint8Array {
    const place = this.#turn;
    this.#turn = 1 - place;
    if (this.#places[place].length < bytes) this.#places[place] = new Uint8Array(bytes);
    return this.#places[place].subarray(0, bytes);
  }
}
