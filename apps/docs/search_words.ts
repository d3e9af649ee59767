/**
 * Splits a text into the words that a search compares: runs of letters and digits, and the parts of a
 * name besides the name itself, such as `k` and `Means` of `kMeans`.
 *
 * @param text The text.
 */
export function searchWords(text: string): string[] {
  const runs = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return runs.flatMap((run) => {
    const parts = run.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{N}]+/gu) ?? [];
    return parts.length > 1 ? [run, ...parts] : [run];
  });
}
