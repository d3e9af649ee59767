import type { Format } from "../../language/format.ts";

/**
 * Writes a p-value with as many decimals as tell it from 0.
 *
 * @param p The p-value, in (0, 1].
 * @param format Numbers in the language of the page.
 * @returns Two decimals from 0.1 on, four or more below.
 */
export function pValueText(p: number, format: Format): string {
  return format.decimal(p, p >= 0.1 ? 2 : Math.max(4, Math.ceil(-Math.log10(p))));
}
