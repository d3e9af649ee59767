import { numberIn } from "../table/sortable.ts";

/**
 * Whether two texts say the same, apart from how far numbers are rounded: `93.8%` and `93.75%`.
 *
 * @param a One text.
 * @param b The other.
 * @param language In which language their numbers are written.
 */
export function agree(a: string, b: string, language: string): boolean {
  if (a === b) return true;
  if (a === "" || b === "" || unitOf(a) !== unitOf(b)) return false;
  const [x, y] = [numberIn(a, language), numberIn(b, language)];
  const coarser = Math.min(decimalsOf(a), decimalsOf(b));
  return Math.abs(x - y) <= 0.5001 * 10 ** -coarser;
}

/** What is left of a text without its digits, signs and separators. */
function unitOf(text: string): string {
  return text.replace(/[\d.,−-]/g, "").trim();
}

/** How many digits follow the last separator; those of thousands do not matter where numbers agree. */
function decimalsOf(text: string): number {
  const [, digits = ""] = /[.,](\d+)[^.,]*$/.exec(text) ?? [];
  return digits.length;
}
