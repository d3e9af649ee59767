import { extname } from "node:path";
import { contentSecurityPolicy, filePath } from "./components/document.tsx";
import { type LanguageInfo, languages } from "./language/language.ts";
import type { Page } from "./page.ts";
import { pages } from "./pages.ts";
import type { Site } from "./site.ts";

/** A path of a server that answers with a page. */
export interface PageRoute {
  /** From the top of the host: `/pt/data.html`. */
  readonly path: string;
  /** Which page. */
  readonly page: Page;
  /** In which language. */
  readonly language: LanguageInfo;
}

/** One route a page and language, and one for the folder of each language, which shows its first page. */
export const pageRoutes: readonly PageRoute[] = languages.flatMap((language) =>
  pages.flatMap((page) => {
    const route = { path: `/${filePath(page, language)}`, page, language };
    return page.path === "index" ? [route, { ...route, path: `/${language.folder}` }] : [route];
  })
);

const contentTypes: Readonly<Record<string, string>> = {
  "": "text/plain; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Whatever is answered was made from the results as they are now, and is what its type says. */
const commonHeaders = { "cache-control": "no-cache", "x-content-type-options": "nosniff" };

/**
 * The answer of a server that was asked for a page: the document of the static export, its policy in a header as well.
 *
 * @param site The site, as the results are now.
 * @param route Which page, in which language.
 */
export function answerWithPage(site: Site, { page, language }: PageRoute): Response {
  const { html, scripts } = site.render(page, language);
  return new Response(html, {
    headers: {
      ...commonHeaders,
      "content-type": "text/html; charset=utf-8",
      // What may frame the page cannot be said in the document.
      "content-security-policy": `${contentSecurityPolicy(scripts)}; frame-ancestors 'none'`,
    },
  });
}

/**
 * The answer of a server that was asked for another file of the site.
 *
 * @param site Gives the site, as the results are now; not asked for what no site has.
 * @param pathname Path of the request, percent-encoded.
 * @returns The file of the static export; nothing if there is none, or if it is a page.
 */
export async function answerWithFile(
  site: () => Promise<Site>,
  pathname: string,
): Promise<Response | undefined> {
  const path = decodedPath(pathname);
  if (path === undefined || extname(path) === ".html") return undefined;
  const content = await (await site()).file(path);
  if (content === undefined) return undefined;
  const contentType = contentTypes[extname(path)] ?? "application/octet-stream";
  return new Response(content as BodyInit, {
    headers: { ...commonHeaders, "content-type": contentType },
  });
}

/** The path of a file in the site; nothing for a folder and for what is no path. */
function decodedPath(pathname: string): string | undefined {
  if (pathname.endsWith("/")) return undefined;
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch {
    return undefined;
  }
}
