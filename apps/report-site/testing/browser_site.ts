import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page as BrowserPage } from "playwright-core";
import { answerTo } from "../server/answer.ts";
import { FolderSource } from "../server/folder_source.ts";
import { startBrowser } from "./browser.ts";
import { withReport } from "./report_folder.ts";
import { plan } from "./examples.ts";

/** The report in a browser. */
export interface Site {
  /** The browser. */
  readonly browser: Browser;
  /** Folder of the exported site. */
  readonly folder: string;
  /** Address of the served site, below a path of the host, as on GitHub Pages. */
  readonly address: string;
  /** Address of the site's files without a server. */
  readonly files: string;
}

/** Files of all pages in a language, from the top of the site. */
export function pageFiles(language: { readonly folder: string }): string[] {
  return plan.pages.map(({ path }) => `${language.folder}${path}.html`);
}

/**
 * Exports the report of made-up results, or takes the one that `MIXTAPE_REPORT` names, serves it and starts a browser;
 * for tests only.
 */
export function withSite(run: (site: Site) => Promise<void>): Promise<void> {
  const prefix = "/some/where";
  return withReport(async (report) => {
    const folder = join(report, "site");
    const source = new FolderSource(folder);
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => {
        if (!new URL(request.url).pathname.startsWith(`${prefix}/`)) {
          return new Response("Not found", { status: 404 });
        }
        const { method, headers } = request;
        return answerTo(source, new Request(request.url.replace(prefix, ""), { method, headers }));
      },
    );
    await using browser = await startBrowser();
    const address = `http://127.0.0.1:${server.addr.port}${prefix}`;
    await run({ browser, folder, address, files: pathToFileURL(folder).href });
  });
}

/**
 * Shows pages one after the other in one tab, the next as soon as a page has been looked at.
 *
 * @param context The browser context; it is closed afterwards.
 * @param base Address of the site.
 * @param paths Files of the pages.
 * @param look The check; it gets the page and the errors on it so far.
 */
export async function visit(
  context: BrowserContext,
  base: string,
  paths: readonly string[],
  look: (page: BrowserPage, path: string, errors: readonly string[]) => Promise<void>,
): Promise<void> {
  const page = await context.newPage();
  const errors = collectErrors(page);
  for (const path of paths) {
    await page.goto(`${base}/${path}`);
    await look(page, path, errors);
  }
  await context.close();
}

/** Collects the errors on a page from now on. */
export function collectErrors(page: BrowserPage): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("requestfailed", (request) => {
    // Leaving a page aborts what it was still loading, such as its icon.
    const { errorText } = request.failure() ?? {};
    if (errorText !== "net::ERR_ABORTED") errors.push(`could not load ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  return errors;
}
