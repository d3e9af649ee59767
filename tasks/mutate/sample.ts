import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * Draws from lists so that each gives about as many as the others, as far as it has them.
 *
 * @param lists The lists, such as the mutants of each file.
 * @param size Number to draw.
 * @param seed Seed of the draw.
 * @returns The drawn items: all, if there are no more than `size`.
 */
export function sampleEvenly<Item>(
  lists: readonly (readonly Item[])[],
  size: number,
  seed: number,
): Item[] {
  const generator = xoroshiro128plus(seed);
  const shuffled = shuffle(lists.map((list) => shuffle(list)));
  const drawn: Item[] = [];
  for (let round = 0; drawn.length < size; round++) {
    const before = drawn.length;
    for (const list of shuffled) {
      if (round < list.length && drawn.length < size) drawn.push(list[round]);
    }
    if (drawn.length === before) break;
  }
  return drawn;

  function shuffle<Value>(list: readonly Value[]): Value[] {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i--) {
      const j = uniformInt(generator, 0, i);
      [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
  }
}
