/** The heading of what is not released yet. */
const unreleased = /^## Unreleased[ \t]*\r?\n/m;

/**
 * Returns the notes of a changelog on what is not released yet: the lines between its heading
 * `## Unreleased` and the next heading of the second level, without blank lines around them; empty
 * if there are none.
 *
 * @param text The changelog.
 */
export function unreleasedNotes(text: string): string {
  const start = unreleased.exec(text);
  if (start === null) return "";
  const rest = text.slice(start.index + start[0].length);
  const end = /^## /m.exec(rest);
  return rest.slice(0, end?.index).trim();
}

/**
 * Returns a changelog in which what was not released has a version and a date, under an empty
 * heading `## Unreleased`.
 *
 * @param text The changelog.
 * @param version The version that is released.
 * @param date The day, as `2026-01-31`.
 * @param more A line to add to the notes, such as one on a dependency.
 * @throws {SyntaxError} If the changelog has no heading `## Unreleased`, or has this version already.
 * @throws {RangeError} If there are no notes.
 */
export function closeChangelog(text: string, version: string, date: string, more?: string): string {
  const start = unreleased.exec(text);
  if (start === null) {
    throw new SyntaxError("Cannot close the changelog: it has no heading ## Unreleased");
  }
  if (text.split(/\r?\n/).some((line) => line.split(" ", 2).join(" ") === `## ${version}`)) {
    throw new SyntaxError(`Cannot close the changelog: it has version ${version} already`);
  }
  const notes = [unreleasedNotes(text), more === undefined ? "" : `- ${more}`]
    .filter((part) => part !== "").join("\n");
  if (notes === "") {
    throw new RangeError(
      "Cannot close the changelog: nothing is noted under ## Unreleased, note what changed",
    );
  }
  const rest = text.slice(start.index + start[0].length);
  const end = /^## /m.exec(rest)?.index ?? rest.length;
  const before = text.slice(0, start.index);
  const after = rest.slice(end).trimEnd();
  return `${before}## Unreleased\n\n## ${version} (${date})\n\n${notes}\n` +
    (after === "" ? "" : `\n${after}\n`);
}

/**
 * Returns the newest version that a changelog describes, which is the first of its headings of the
 * second level that is a version; null if there is none.
 *
 * @param text The changelog.
 */
export function newestVersion(text: string): string | null {
  return /^## (\d+\.\d+\.\d+\S*)/m.exec(text)?.[1] ?? null;
}
