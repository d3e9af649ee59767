const begin = "<!-- results: written by deno task bench -->";
const end = "<!-- end of results -->";

/**
 * Replaces what stands between the marks of a document.
 *
 * @param document The document, with the marks.
 * @param lines What is to stand there.
 * @returns The document.
 * @throws {SyntaxError} If the marks are not there.
 */
export function replaceMarkedSection(document: string, lines: readonly string[]): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) {
    throw new SyntaxError(
      `Cannot write the results: the lines ${begin} and ${end} are needed to mark the place`,
    );
  }
  const section = lines.join("\n").trim();
  return `${document.slice(0, from)}${begin}\n\n${section}\n\n${document.slice(to)}`;
}
