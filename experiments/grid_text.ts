import type { Format } from "@mixtape/report-site/components";

/**
 * Writes the whole numbers that were tried: as a span where none is left out, else as a list.
 *
 * @param numbers The numbers, ascending.
 * @param span Writes the first and the last of neighbours, in the language.
 * @param format Formats of the language.
 */
export function gridText(
  numbers: readonly number[],
  span: (first: string, last: string) => string,
  format: Format,
): string {
  const [first, last] = [numbers[0], numbers[numbers.length - 1]];
  return numbers.length > 2 && last - first === numbers.length - 1
    ? span(format.count(first), format.count(last))
    : format.list(numbers.map(format.count));
}
