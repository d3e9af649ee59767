/** Lines of a document between which a task writes. */
export interface Markers {
  readonly begin: string;
  readonly end: string;
}

/** Returns the markers of results of benchmarks, of which a document can have several sections. */
export function resultMarkers(section: string): Markers {
  return {
    begin: `<!-- ${section}: written by deno task bench -->`,
    end: `<!-- end of ${section} -->`,
  };
}

/**
 * Replaces the text between the two markers of a document.
 *
 * @param document The document.
 * @param lines The lines to put between the markers.
 * @param markers The markers.
 * @returns The new document.
 * @throws {SyntaxError} If the markers are missing.
 */
export function replaceMarkedSection(
  document: string,
  lines: readonly string[],
  { begin, end }: Markers,
): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) {
    throw new SyntaxError(
      `Cannot write the results: the document needs the lines ${begin} and ${end} to mark the place`,
    );
  }
  const section = lines.join("\n").trim();
  return `${document.slice(0, from)}${begin}\n\n${section}\n\n${document.slice(to)}`;
}
