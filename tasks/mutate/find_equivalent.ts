import { equivalents } from "./equivalents.ts";
import type { Mutant } from "./mutant.ts";

/** A mutant that behaves like the original, named by its text so that it is found when lines move. */
export interface Equivalent {
  /** Path of the file from the root of the workspace. */
  readonly file: string;
  /** The line on which the change begins, without the blanks around it. */
  readonly line: string;
  /** Text that is replaced; white space does not count. Any on the line unless given. */
  readonly original?: string;
  /** Text that replaces it; white space does not count. Any unless given. */
  readonly replacement?: string;
  /** Reason why no test can tell it from the original. */
  readonly because: string;
}

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
    isAs(one.original, mutant.original) && isAs(one.replacement, mutant.replacement)
  );
}

function isAs(wanted: string | undefined, text: string): boolean {
  return wanted === undefined || plain(wanted) === plain(text);
}

function plain(text: string): string {
  return text.replace(/\s+/g, "");
}
