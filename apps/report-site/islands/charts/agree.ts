import { numberIn } from "../table/sortable.ts";

/**
 * Compares two texts with a number each, apart from rounding: `93.8%` and `93.75%` agree.
 *
 * @param a One text.
 * @param b The other.
 * @param language Language in which their numbers are written.
 */
export function agree(a: string, b: string, language: string): boolean {
  if (a === b) return true;
  if (a === "" || b === "" || unitOf(a) !== unitOf(b)) return false;
  const [x, y] = [numberIn(a, language), numberIn(b, language)];
  const coarser = Math.min(decimalsOf(a), decimalsOf(b));
  return Math.abs(x - y) <= 0.5001 * 10 ** -coarser;
}

/** Returns a text without its digits, signs and separators. */
function unitOf(text: string): string {
  return text.replace(/[\d.,−-]/g, "").trim();
}

/** Counts the digits after the last separator; separators of thousands do not matter if the numbers agree. */
function decimalsOf(text: string): number {
  const [, digits = ""] = /[.,](\d+)[^.,]*$/.exec(text) ?? [];
  return digits.length;
}
