/** Number of values of a word of random bits. */
export const WORDS = 2 ** 32;

/**
 * Draws a whole number, uniform in [0, below): the numbers of pure-rand's `uniformInt`, whose remainder takes longer
 * than the rest.
 *
 * @param generator Source of 32-bit integers with a sign.
 * @param below At most 2³².
 */
export function integerBelow(generator: { next(): number }, below: number): number {
  for (;;) {
    const value = generator.next() + WORDS / 2;
    // Computed only where it can matter, since a remainder takes longer than all the rest.
    if (value >= WORDS - below && value >= WORDS - WORDS % below) continue;
    return value - Math.floor(value / below) * below;
  }
}

/** Draws whole numbers until `to` is full, each as {@link integerBelow} would. */
export function fillBelow(generator: { next(): number }, below: number, to: Uint32Array): void {
  const { length } = to;
  const limit = WORDS - WORDS % below;
  for (let i = 0; i < length; i++) {
    let value = generator.next() + WORDS / 2;
    while (value >= limit) value = generator.next() + WORDS / 2;
    to[i] = value - Math.floor(value / below) * below;
  }
}

/**
 * Returns the initial state for a path of a seed and streams: two words from its low halves, as the
 * seed of pure-rand's own `xoroshiro128plus`, and two from its high halves. With all but one part
 * of a path given, each value of that part has a different state.
 */
export function startingState(path: readonly number[]): [number, number, number, number] {
  const low = path.reduce(mix, path.length);
  const high = path.reduce(mixHigh, 0);
  return [~high, ~low, low, high];
}

/** Folds the next number of a path into a 32-bit hash. */
function mix(hash: number, part: number): number {
  return scatter((hash ^ part ^ highHalf(part)) + 0x9e3779b9 | 0);
}

/**
 * Folds the bits of a number beyond the lowest 32 into a second hash, which stays 0 as long as
 * there are none.
 */
function mixHigh(hash: number, part: number): number {
  return scatter(((hash << 5) | (hash >>> 27)) ^ highHalf(part));
}

/** Returns a number without its lowest 32 bits; −1 for a small negative number. */
function highHalf(part: number): number {
  return Math.floor(part / 2 ** 32);
}

/** Maps each 32-bit number to another one, and 0 to itself (the finaliser of MurmurHash3). */
function scatter(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
