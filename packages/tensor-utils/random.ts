import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { checkInteger } from "./checks.ts";
import { fillBelow, integerBelow, startingState, WORDS } from "./random_state.ts";

/** A seeded source of random numbers: the same seed gives the same numbers everywhere. */
export interface Random {
  /** Returns the next number, uniform in [0, 1), with 53 random bits. */
  next(): number;
  /** Returns the next whole number, uniform in [0, below). */
  integer(below: number): number;
  /** Returns the next `count` whole numbers, each as {@link Random.integer} would; `below` is at most 2³². */
  integers(below: number, count: number): Uint32Array;
  /** Returns the next number from the standard normal distribution. */
  normal(): number;
  /**
   * Returns another source, independent of this one and of its other streams: one for each whole
   * number from 0 to 2⁵³ − 1. This source does not advance.
   */
  split(stream: number): Random;
  /** Returns the numbers 0…n−1 in random order. */
  permutation(n: number): Uint32Array;
  /** Returns `count` different numbers from 0…n−1, in random order. */
  sample(n: number, count: number): Uint32Array;
}

/**
 * Starts a source of random numbers: xoroshiro128+, from the library pure-rand.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { random } from "@mixtape/tensor-utils";
 *
 * assert.equal(random(7).next(), random(7).next());
 * assert.notEqual(random(7).next(), random(7).split(0).next());
 * ```
 *
 * @param seed A whole number from −(2⁵³ − 1) to 2⁵³ − 1; each has a stream of its own.
 * @returns The source at its start.
 * @throws {TypeError} If the seed is not a number.
 * @throws {RangeError} If the seed is not whole, or too large to be distinguished from its
 * neighbours.
 * @see Blackman & Vigna (2018), https://arxiv.org/abs/1805.01407
 */
export function random(seed: number): Random {
  return new Xoroshiro([checkInteger(seed, "seed")]);
}

/** One in so many numbers is few. */
const FEW = 256;

class Xoroshiro implements Random {
  #path: readonly number[];
  #generator: ReturnType<typeof xoroshiro128plusFromState>;
  #spareNormal: number | undefined;

  constructor(path: readonly number[]) {
    this.#path = path;
    this.#generator = xoroshiro128plusFromState(startingState(path));
  }

  next(): number {
    return uniformFloat64(this.#generator);
  }

  integer(below: number): number {
    checkInteger(below, "below", { min: 1 });
    if (below > WORDS) {
      const high = this.integer(Math.floor(below / WORDS) + 1);
      const value = high * WORDS + this.integer(WORDS);
      return value < below ? value : this.integer(below);
    }
    return integerBelow(this.#generator, below);
  }

  integers(below: number, count: number): Uint32Array {
    checkInteger(below, "below", { min: 1, max: WORDS });
    const numbers = new Uint32Array(checkInteger(count, "count", { min: 0 }));
    fillBelow(this.#generator, below, numbers);
    return numbers;
  }

  normal(): number {
    // The polar method of Marsaglia & Bray gives two at a time.
    const spare = this.#spareNormal;
    this.#spareNormal = undefined;
    if (spare !== undefined) return spare;
    for (;;) {
      const x = this.next() * 2 - 1;
      const y = this.next() * 2 - 1;
      const r = x * x + y * y;
      if (r === 0 || r > 1) continue;
      const length = Math.sqrt(-2 * Math.log(r) / r);
      this.#spareNormal = x * length;
      return y * length;
    }
  }

  split(stream: number): Random {
    return new Xoroshiro([...this.#path, checkInteger(stream, "stream", { min: 0 })]);
  }

  permutation(n: number): Uint32Array {
    return this.sample(n, n);
  }

  sample(n: number, count: number): Uint32Array {
    checkInteger(n, "n", { min: 0 });
    checkInteger(count, "count", { min: 0, max: n });
    if (count < n / FEW) return this.#sampleFew(n, count);
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = 0; i < count; i++) {
      const j = i + (n - i > 1 ? this.integer(n - i) : 0);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order.slice(0, count);
  }

  /** Makes the same swaps in an order of which only the numbers that are out of place are kept. */
  #sampleFew(n: number, count: number): Uint32Array {
    const moved = new Map<number, number>();
    return new Uint32Array(count).map((_, i) => {
      const j = i + this.integer(n - i);
      const number = moved.get(j) ?? j;
      moved.set(j, moved.get(i) ?? i);
      return number;
    });
  }
}
