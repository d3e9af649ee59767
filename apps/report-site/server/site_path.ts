/** No file of a site has a longer path; a longer one is not worth looking for. */
const longest = 1024;

/**
 * The path of the file in a site that a URL asks for.
 *
 * @param pathname Path of the URL, percent-encoded.
 * @returns Its path from the top of the site, `index.html` for a folder; nothing for what no file is
 * called: a hidden file, a step up, an empty step, what is not well-formed.
 */
export function sitePath(pathname: string): string | undefined {
  if (pathname.length > longest || !pathname.startsWith("/")) return undefined;
  const steps = pathname.slice(1).split("/").map(decoded);
  if (steps.at(-1) === "") steps[steps.length - 1] = "index.html";
  return steps.every(isName) ? steps.join("/") : undefined;
}

function decoded(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}

function isName(step: string | undefined): step is string {
  return step !== undefined && /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u.test(step);
}
