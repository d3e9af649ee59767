import type { Format } from "@mixtape/report-site/components";

/**
 * Says how many there are: "1 component", "20 components".
 *
 * @param count How many.
 * @param words Puts the number into words, and is told if it is one.
 * @param format The numbers of the language.
 */
export function countText(
  count: number,
  words: (count: string, one: boolean) => string,
  format: Format,
): string {
  return words(format.count(count), count === 1);
}
