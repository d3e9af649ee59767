/**
 * All items of which a value is the least: more than one where they tie, so that none of them is called the one.
 *
 * @param items Items, at least 1.
 * @param valueOf Returns the value; its negative finds the items with the largest.
 */
export function allLeast<Item>(items: readonly Item[], valueOf: (item: Item) => number): Item[] {
  const least = Math.min(...items.map(valueOf));
  return items.filter((item) => valueOf(item) === least);
}
