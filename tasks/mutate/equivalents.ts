/**
 * Mutants that no test can notice, each with the reason. They are not counted.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

/** A mutant that behaves like the original, named by its text so that it is found when lines move. */
export interface Equivalent {
  /** Path of the file from the root of the workspace. */
  readonly file: string;
  /** The line on which the change begins, without the blanks around it. */
  readonly line: string;
  /** Text that is replaced; white space does not count. */
  readonly original: string;
  /** Text that replaces it; white space does not count. */
  readonly replacement: string;
  /** Reason why no test can tell it from the original. */
  readonly because: string;
}

/** The list of mutants that are known to behave like the original. */
export const equivalents: readonly Equivalent[] = [];

/**
 * Returns the entry of a list that describes a mutant.
 *
 * @param mutant The mutant.
 * @param text Text of its file.
 * @param list The list to search.
 */
export function findEquivalent(
  mutant: Mutant,
  text: string,
  list: readonly Equivalent[] = equivalents,
): Equivalent | undefined {
  const line = text.split("\n")[mutant.line - 1].trim();
  return list.find((one) =>
    one.file === mutant.file && one.line.trim() === line &&
    plain(one.original) === plain(mutant.original) &&
    plain(one.replacement) === plain(mutant.replacement)
  );
}

function plain(text: string): string {
  return text.replace(/\s+/g, "");
}
