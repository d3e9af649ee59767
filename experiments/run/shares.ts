import type { OnProgress } from "./experiment.ts";

/** The progress of something whose parts may be done at the same time. */
export class Shares {
  readonly #weights: readonly number[];
  readonly #done: number[];
  readonly #onProgress: OnProgress;
  #note = "";

  /**
   * @param weights The share of the whole that each part takes; they add up to 1.
   * @param onProgress Called with the share of the whole that is done.
   */
  constructor(weights: readonly number[], onProgress: OnProgress) {
    this.#weights = weights;
    this.#done = weights.map(() => 0);
    this.#onProgress = onProgress;
  }

  /**
   * Notes the share of a part that is done.
   *
   * @param part Index of the part.
   * @param fraction The share, from 0 to 1.
   * @param note The step that is being done; the last one unless given.
   */
  update(part: number, fraction: number, note: string = this.#note): void {
    this.#note = note;
    this.#done[part] = Math.max(this.#done[part], fraction);
    const all = this.#done.reduce((sum, share, i) => sum + share * this.#weights[i], 0);
    this.#onProgress(Math.min(1, all), note);
  }
}
