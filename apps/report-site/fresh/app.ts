import { App } from "fresh";
import { extname } from "node:path";
import { contentSecurityPolicy, filePath } from "../components/document.tsx";
import { languages } from "../language/language.ts";
import { pages } from "../pages.ts";
import { openSite } from "../site.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * The report as a Fresh application: one route a page, rendered from the results on disk at every request by the same
 * code as the static export, with the same documents, headers and assets.
 *
 * Pages are answered as whole documents rather than through Fresh's own renderer, so that both agree to the byte and
 * no nonce stands between the Content-Security-Policy and the scripts.
 *
 * @param resultsDir Folder of the results.
 * @returns The application, not listening yet.
 */
export function createApp(resultsDir: string): App<unknown> {
  const app = new App();
  app.use(async (context) => {
    const path = decodeURIComponent(context.url.pathname.slice(1));
    const contentType = contentTypes[extname(path)];
    if (contentType === undefined) return await context.next();
    const content = await (await openSite(resultsDir)).file(path);
    if (content === undefined) return await context.next();
    return new Response(content as BodyInit, { headers: { "content-type": contentType } });
  });
  for (const language of languages) {
    for (const page of pages) {
      const answer = async (): Promise<Response> => {
        const { html, scripts } = (await openSite(resultsDir)).render(page, language);
        return new Response(html, {
          headers: {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": `${contentSecurityPolicy(scripts)}; frame-ancestors 'none'`,
            "cache-control": "no-cache",
            "x-content-type-options": "nosniff",
          },
        });
      };
      app.get(`/${filePath(page, language)}`, answer);
      if (page.path === "index") app.get(`/${language.folder}`, answer);
    }
  }
  return app;
}
