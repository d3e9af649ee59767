import assert from "node:assert/strict";
import type { Page as BrowserPage } from "playwright-core";
import { chromiumPath } from "./browser.ts";
import { collectErrors, type Site, withSite } from "./browser_site.ts";

/** Looks at something on a new page of the browser. */
export type Look = (page: BrowserPage, site: Site) => Promise<void>;

/**
 * Tests the report of made-up results in a browser, a step a look; each fails on anything that the page complains of.
 *
 * @param title The subject, the first part of the test titles.
 * @param looks The checks, by the expected behaviour, the second part of the titles.
 */
export function lookAtSite(title: string, looks: Readonly<Record<string, Look>>): void {
  Deno.test({
    name: chromiumPath ? title : `${title} (skipped: Chromium is not installed)`,
    ignore: chromiumPath === undefined,
    // Playwright keeps its pipes to the browser open until after the test.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: (test) =>
      withSite(async (site) => {
        for (const [name, look] of Object.entries(looks)) {
          await test.step(name, async () => {
            const page = await site.browser.newPage();
            const errors = collectErrors(page);
            await look(page, site);
            assert.deepEqual(errors, []);
            await page.close();
          });
        }
      }),
  });
}
