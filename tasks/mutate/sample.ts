import { random } from "@mixtape/tensor-utils/host";

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
  const source = random(seed);
  const shuffle = <Value>(list: readonly Value[]): Value[] =>
    Array.from(source.permutation(list.length), (at) => list[at]);
  const shuffled = shuffle(lists.map(shuffle));
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from(
    { length: longest },
    (_, round) => shuffled.flatMap((list) => list.slice(round, round + 1)),
  )
    .flat().slice(0, size);
}
