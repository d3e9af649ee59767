import type { Format } from "@mixtape/report-site/components";

/**
 * Writes a number with its noun: "1 component", "20 components".
 *
 * @param count The number.
 * @param words Adds the noun to the formatted number; `one` is true for the singular.
 * @param format Formats of the language.
 */
export function countText(
  count: number,
  words: (count: string, one: boolean) => string,
  format: Format,
): string {
  return words(format.count(count), format.isSingular(count));
}
