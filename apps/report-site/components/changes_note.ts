import type { Catalogue } from "../language/catalogue.ts";

/**
 * Says behind a commit that its run had changes, or that nobody looked.
 *
 * @param dirty True if there were changes, null if it is not known.
 * @param text Every text of the site.
 * @returns A note in parentheses, with a space before; nothing if there were none.
 */
export function changesNote(dirty: boolean | null, text: Catalogue): string {
  return dirty === false
    ? ""
    : ` (${dirty === null ? text.site.provenanceUnchecked : text.site.provenanceDirty})`;
}
