/**
 * The first of a ranking that may be called the most frequent: none of a count that one left out has as well.
 *
 * @param ranked Items with a count each, the most frequent first.
 * @param most Number to name at most.
 * @param countOf Returns a count.
 */
export function untied<Item>(
  ranked: readonly Item[],
  most: number,
  countOf: (item: Item) => number,
): Item[] {
  const first = ranked.slice(0, most);
  if (ranked.length <= most) return first;
  return first.filter((item) => countOf(item) > countOf(ranked[most]));
}
